package dev.sluice.enricher.process.traffic;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.net.InternetDomainName;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// Tells what a referrer is. What a host tells is kept in a cache. Shared by all shards;
/// thread-safe.
public final class Referrers {

    private static final String WWW = "www.";

    /// @param domain that can be registered, `example.co.uk` of `shop.example.co.uk`; the host
    ///     itself if it has none
    /// @param site null if it is not known
    private record Host(String domain, ReferrerList.@Nullable Site site) {}

    private final ReferrerList list;
    private final Cache<String, Host> hosts;

    private Referrers(ReferrerList list, int cacheSize) {
        this.list = list;
        hosts = Caffeine.newBuilder().maximumSize(cacheSize).build();
    }

    /// With the lists that the service brings along.
    ///
    /// @param cacheSize hosts kept
    public static Referrers bundled(int cacheSize) {
        return new Referrers(ReferrerList.bundled(), cacheSize);
    }

    /// @param page where it was; null if nobody says
    Referrer find(@Nullable WebAddress referrer, @Nullable WebAddress page) {
        if (referrer == null) {
            return Referrer.NONE;
        }
        if (page != null && isSameSite(referrer.host(), page.host())) {
            return Referrer.INTERNAL;
        }
        ReferrerList.Site site =
                list.isDivided(referrer.host())
                        ? list.at(referrer.host(), referrer.path())
                        : host(referrer.host()).site();
        if (site == null) {
            String host = referrer.host();
            String shown = host.startsWith(WWW) ? host.substring(WWW.length()) : host;
            return new Referrer(SourceClass.SITE, shown, null);
        }
        return new Referrer(
                site.sourceClass(), site.name().toLowerCase(Locale.ROOT), term(site, referrer));
    }

    /// @return null if it is not known
    @Nullable SourceClass classOf(String source) {
        return list.classOf(source);
    }

    private boolean isSameSite(String one, String other) {
        return one.equals(other) || host(one).domain().equals(host(other).domain());
    }

    private Host host(String host) {
        Host known = hosts.getIfPresent(host);
        if (known == null) {
            known = new Host(domain(host), list.at(host, ""));
            hosts.put(host, known);
        }
        return known;
    }

    private static String domain(String host) {
        if (!InternetDomainName.isValid(host)) {
            return host;
        }
        InternetDomainName name = InternetDomainName.from(host);
        return name.isUnderPublicSuffix() ? name.topPrivateDomain().toString() : host;
    }

    private @Nullable String term(ReferrerList.Site site, WebAddress referrer) {
        if (site.sourceClass() != SourceClass.SEARCH || referrer.query().isEmpty()) {
            return null;
        }
        for (String parameter : list.termsOf(site)) {
            String[] found = {null};
            referrer.parameters(
                    (name, value) -> {
                        if (name.equals(parameter) && found[0] == null) {
                            found[0] = value;
                        }
                    });
            if (found[0] != null) {
                return found[0];
            }
        }
        return null;
    }
}
