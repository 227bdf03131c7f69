using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Access;

public sealed class PolicyTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    [Theory]
    [InlineData("/console/")]
    [InlineData("/console/_assets/console.css")]
    [InlineData("/console/_blazor/initializers")]
    public async Task Policy_of_the_application_decides_over_all_of_the_console(string path)
    {
        await using var app = await StartAsync();

        using var operatorFromAfar = await app.GetAsync(path, ("X-Role", "operator"), ("X-Forwarded-For", "203.0.113.9"));
        using var other = await app.GetAsync(path, ("X-Role", "guest"));
        using var nobody = await app.GetAsync(path);

        operatorFromAfar.StatusCode.Should().Be(HttpStatusCode.OK);
        other.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        nobody.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Policy_without_the_middleware_that_asks_it_lets_nobody_in()
    {
        await using var app = await ConsoleApplication.StartAsync(
            database.ConnectionString,
            services: static services => services.AddAuthorization(),
            map: static app =>
            {
                // An application that adds its routing itself gets no authorization middleware by itself.
                app.UseRouting();
#pragma warning disable ASP0014 // Routes at the top level would bring the middleware along.
                app.UseEndpoints(static endpoints => endpoints.MapExtendDbConsole().RequireAuthorization());
#pragma warning restore ASP0014
            });

        using var page = await app.GetAsync("/console/");

        ((int)page.StatusCode).Should().BeGreaterThanOrEqualTo(400);
    }

    [Fact]
    public async Task Mapping_without_the_services_says_what_to_call()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        var mapping = () => app.MapExtendDbConsole();

        mapping.Should().Throw<InvalidOperationException>().WithMessage("*AddExtendDbConsole()*");
    }

    [Fact]
    public async Task Wrong_option_ends_the_start()
    {
        var start = () => ConsoleApplication.StartAsync(database.ConnectionString, options => options.SignInLifetime = TimeSpan.Zero);

        await start.Should().ThrowAsync<OptionsValidationException>().WithMessage("*SignInLifetime*");
    }

    private Task<ConsoleApplication> StartAsync() => ConsoleApplication.StartAsync(
        database.ConnectionString,
        services: static services =>
        {
            services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderScheme>("header", null);
            services.AddAuthorization(options => options.AddPolicy("operators", policy => policy.RequireRole("operator")));
        },
        map: static app => app.MapExtendDbConsole().RequireAuthorization("operators"));

    /// <summary>Believes the role that a request says it has.</summary>
    private sealed class HeaderScheme(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-Role"].ToString() is { Length: > 0 } role
                ? AuthenticateResult.Success(new(
                    new(new ClaimsIdentity([new(ClaimTypes.Name, "somebody"), new(ClaimTypes.Role, role)], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}
