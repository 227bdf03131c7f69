using System.Net;
using System.Text.RegularExpressions;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.Testing;
using ExtendDb.Ef.WebConsole;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Access;

public sealed partial class SignInTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    private const string Id = "AKIACONSOLE00001";
    private const string Secret = "q2rLxVerySecret";
    private static readonly (string Name, string Value) Browser = ("Accept", "text/html");

    [Fact]
    public async Task Page_leads_to_the_form_before_the_sign_in()
    {
        await using var app = await StartAsync();

        using var page = await app.GetAsync("/console/tables/Music", Browser);
        using var socket = await app.GetAsync("/console/_blazor");

        page.Headers.Location!.OriginalString.Should().Be("/console/sign-in");
        socket.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Right_key_signs_in_with_a_cookie_that_no_script_and_no_other_page_can_use()
    {
        await using var app = await StartAsync();

        using var answer = await SignInAsync(app, Id, Secret);
        using var page = await app.GetAsync("/console/", Browser);

        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("extenddb-console", StringComparison.Ordinal))
            .Should().Contain("httponly").And.Contain("samesite=strict").And.Contain("path=/console/").And.NotContain(Secret);
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).Should().Contain($"Sign out {Id}");
    }

    [Theory]
    [InlineData(Id, "wrong")]
    [InlineData(Id, "")]
    [InlineData("AKIAUNKNOWN00001", Secret)]
    [InlineData("", "")]
    public async Task Wrong_key_or_secret_signs_nobody_in(string id, string secret)
    {
        await using var app = await StartAsync();

        using var answer = await SignInAsync(app, id, secret);
        using var page = await app.GetAsync("/console/", Browser);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        page.StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Sign_ins_that_fail_too_often_are_refused_also_with_the_right_key()
    {
        await using var app = await StartAsync(options => options.MaxFailedSignIns = 3);
        for (var i = 0; i < 3; i++)
        {
            (await SignInAsync(app, Id, "wrong")).Dispose();
        }

        using var answer = await SignInAsync(app, Id, Secret);

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Form_of_another_page_is_refused()
    {
        await using var app = await StartAsync();
        using var form = new FormUrlEncodedContent([new("id", Id), new("secret", Secret)]);

        using var answer = await app.SendAsync(HttpMethod.Post, "/console/sign-in", form);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        app.Cookies.GetAllCookies().Should().NotContain(cookie => cookie.Name == "extenddb-console");
    }

    [Fact]
    public async Task Sign_out_ends_the_sign_in()
    {
        await using var app = await StartAsync();
        (await SignInAsync(app, Id, Secret)).Dispose();
        using var page = await app.GetAsync("/console/", Browser);
        using var form = await FormAsync(page);

        using var answer = await app.SendAsync(HttpMethod.Post, "/console/sign-out", form);
        using var after = await app.GetAsync("/console/", Browser);

        answer.Headers.Location!.OriginalString.Should().Be("/console/sign-in");
        after.StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Sign_in_ends_by_itself()
    {
        var time = new MovedTime();
        await using var app = await StartAsync(
            options => options.SignInLifetime = TimeSpan.FromMinutes(5), services => services.AddSingleton<TimeProvider>(time));
        (await SignInAsync(app, Id, Secret)).Dispose();
        using var before = await app.GetAsync("/console/", Browser);

        time.By = TimeSpan.FromMinutes(6);
        using var after = await app.GetAsync("/console/", Browser);

        before.StatusCode.Should().Be(HttpStatusCode.OK);
        after.StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Signed_in_user_may_come_from_another_machine()
    {
        await using var app = await StartAsync();
        (await SignInAsync(app, Id, Secret)).Dispose();

        using var page = await app.GetAsync("/console/", Browser, ("X-Forwarded-For", "203.0.113.9"));

        page.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private async Task<ConsoleApplication> StartAsync(
        Action<ExtendDbConsoleOptions>? configure = null, Action<IServiceCollection>? services = null) =>
        await ConsoleApplication.StartAsync(
            database.ConnectionString,
            options =>
            {
                options.AccessKeys = AccessKeys.Parse($"{Id} {Secret}");
                configure?.Invoke(options);
            },
            services);

    private static async Task<HttpResponseMessage> SignInAsync(ConsoleApplication app, string id, string secret)
    {
        using var page = await app.GetAsync("/console/sign-in", Browser);
        using var form = await FormAsync(page, new("id", id), new("secret", secret));
        return await app.SendAsync(HttpMethod.Post, "/console/sign-in", form);
    }

    private static async Task<FormUrlEncodedContent> FormAsync(
        HttpResponseMessage page, params KeyValuePair<string, string>[] fields)
    {
        var hidden = Hidden().Match(await page.Content.ReadAsStringAsync());
        return new([new(hidden.Groups[1].Value, WebUtility.HtmlDecode(hidden.Groups[2].Value)), .. fields]);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
