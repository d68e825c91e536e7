package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Sites that are known, by host and by name, and the parameters in which search engines say what
/// was searched for. Immutable.
final class ReferrerList {

    /// @param name for people, such as `DuckDuckGo`
    record Site(SourceClass sourceClass, String name) {}

    /// Labels in front of a host that make it no other site.
    private static final List<String> SAME_SITE = List.of("www.", "m.", "amp.");

    private final Map<String, Site> places = new HashMap<>();
    private final Set<String> divided = new HashSet<>();
    private final Map<String, SourceClass> names = new HashMap<>();
    private final Map<String, List<String>> terms = new HashMap<>();

    private ReferrerList() {}

    /// Those that the service brings along.
    static ReferrerList bundled() {
        ReferrerList list = new ReferrerList();
        lines("referrers.tsv").forEach(list::site);
        lines("referrers-own.tsv").forEach(list::ownSite);
        for (String[] line : lines("search-terms.tsv")) {
            list.terms.computeIfAbsent(line[0], name -> new ArrayList<>()).add(line[1]);
        }
        list.alias("fb", SourceClass.SOCIAL);
        list.alias("ig", SourceClass.SOCIAL);
        list.alias("adwords", SourceClass.SEARCH);
        return list;
    }

    /// The site at a host; a search engine only under the very name that is listed, since mail and
    /// documents of the same company are none.
    ///
    /// @return null if it is not known
    @Nullable Site at(String host, String path) {
        Site exact = atHost(host, path);
        if (exact != null) {
            return exact;
        }
        for (String label : SAME_SITE) {
            Site same =
                    host.startsWith(label)
                            ? atHost(host.substring(label.length()), path)
                            : atHost(label + host, path);
            if (same != null) {
                return same;
            }
        }
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            Site above = places.get(host.substring(dot + 1));
            if (above != null && above.sourceClass() != SourceClass.SEARCH) {
                return above;
            }
        }
        return null;
    }

    /// Whether the path may tell of which site of a host an address is.
    boolean isDivided(String host) {
        return divided.contains(host)
                || host.startsWith(SAME_SITE.getFirst())
                        && divided.contains(host.substring(SAME_SITE.getFirst().length()));
    }

    /// The class of what a campaign calls its source: a name, such as `google`, or a host.
    ///
    /// @return null if it is not known
    @Nullable SourceClass classOf(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        SourceClass named = names.get(lower);
        if (named != null || lower.indexOf('.') < 0) {
            return named;
        }
        Site site = at(lower, "");
        return site == null ? null : site.sourceClass();
    }

    /// Parameters of a search engine, the likeliest first; empty if none are known.
    List<String> termsOf(Site site) {
        return terms.getOrDefault(site.name(), List.of());
    }

    private @Nullable Site atHost(String host, String path) {
        if (path.length() > 1) {
            Site exact = places.get(host + path);
            if (exact != null) {
                return exact;
            }
            int second = path.indexOf('/', 1);
            Site below = second < 0 ? null : places.get(host + path.substring(0, second));
            if (below != null) {
                return below;
            }
        }
        return places.get(host);
    }

    private void site(String[] line) {
        Site site = place(line);
        names.merge(
                site.name().toLowerCase(Locale.ROOT),
                site.sourceClass(),
                (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    private void ownSite(String[] line) {
        Site site = place(line);
        alias(site.name(), site.sourceClass());
    }

    private Site place(String[] line) {
        SourceClass listed = SourceClass.of(line[1]);
        Site site = new Site(listed == null ? SourceClass.SITE : listed, line[2]);
        places.put(line[0], site);
        int slash = line[0].indexOf('/');
        if (slash > 0) {
            divided.add(line[0].substring(0, slash));
        }
        return site;
    }

    private void alias(String name, SourceClass sourceClass) {
        names.put(name.toLowerCase(Locale.ROOT), sourceClass);
    }

    private static List<String[]> lines(String file) {
        try (InputStream in = ReferrerList.class.getResourceAsStream("/traffic/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the service has no traffic/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read traffic/" + file, e);
        }
    }
}
