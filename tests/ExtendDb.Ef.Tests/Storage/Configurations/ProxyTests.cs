using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.Tests.Storage.Configurations;

public class ProxyTests
{
    [Fact]
    public void Model_of_a_context_with_lazy_loading_builds()
    {
        using var context = new OwnContext(options => options.UseLazyLoadingProxies());

        context.Invoking(c => c.Model).Should().NotThrow();
    }

    [Fact]
    public void Model_of_ExtendDbContext_with_lazy_loading_builds()
    {
        using var context = new ExtendDbContext(
            new DbContextOptionsBuilder<ExtendDbContext>().UseNpgsql("Host=nowhere").UseLazyLoadingProxies().Options);

        context.Invoking(c => c.Model).Should().NotThrow();
    }

    [Fact]
    public void Context_with_change_tracking_proxies_is_refused_with_what_to_use_instead()
    {
        using var context = new OwnContext(options => options.UseChangeTrackingProxies());

        context.Invoking(c => c.Model).Should().Throw<InvalidOperationException>()
            .WithMessage("UseChangeTrackingProxies()*UseLazyLoadingProxies()*");
    }
}
