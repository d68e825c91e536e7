package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.Nullable;

/// Where a visitor came from, as the browser says it.
///
/// @param source name of a site, lower case, its host where it has none; null for the site itself
///     and when there was no referrer
/// @param term what was searched for, if a search engine says it
record Referrer(SourceClass sourceClass, @Nullable String source, @Nullable String term) {

    static final Referrer NONE = new Referrer(SourceClass.NONE, null, null);
    static final Referrer INTERNAL = new Referrer(SourceClass.INTERNAL, null, null);
}
