package dev.sluice.collector.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/p, /p",
        "https://shop.example/p?x=1, /p",
        "https://shop.example/p#top, /p",
        "https://shop.example/p/q/?x=/y, /p/q/",
        "https://shop.example, /",
        "https://shop.example?x=/y, /",
        "https://shop.example#/route, /",
        "https://shop.example:8443/p, /p",
        "http://127.0.0.1:33747/p?next=https://other.example/q, /p",
        "https://shop.example/%E2%82%AC, /%E2%82%AC",
        "app-1.x://checkout/step, /step"
    })
    void findsThePath(String url, String path) {
        assertThat(PageAddress.path(url)).isEqualTo(path);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "about:blank",
                "/p",
                "shop.example/p",
                "mailto:a@b.example",
                "://shop.example/p",
                "/out?to=https://other.example/q",
                "out?to=https://other.example/q",
                "#https://other.example/q"
            })
    void findsNoPathInWhatHasNoHost(String url) {
        assertThat(PageAddress.path(url)).isNull();
    }

    @Test
    void findsTheCampaign() {
        assertThat(
                        PageAddress.campaign(
                                "https://shop.example/p?utm_source=news&utm_medium=e-mail"
                                        + "&utm_campaign=spring&utm_term=shoes&utm_content=top&gclid=G1"))
                .hasSize(5)
                .containsEntry("source", "news")
                .containsEntry("medium", "e-mail")
                .containsEntry("name", "spring")
                .containsEntry("term", "shoes")
                .containsEntry("content", "top");
    }

    @ParameterizedTest
    @CsvSource({
        "utm_source=a%20b, a b",
        "utm_source=a+b, a b",
        "utm_source=%C3%BCber, über",
        "utm_source=a=b, a=b",
        "x=1&utm_source=a, a",
        "utm_source=a&utm_source=b, a",
        "utm_source=50%, 50%",
        "utm_source=%zz, %zz",
        "utm_source=a#utm_source=b, a"
    })
    void decodesWhatTheQuerySaysOfTheCampaign(String query, String source) {
        assertThat(PageAddress.campaign("https://shop.example/?" + query))
                .hasSize(1)
                .containsEntry("source", source);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "https://shop.example/p",
                "https://shop.example/p?",
                "https://shop.example/p?&&=&",
                "https://shop.example/p?utm_source",
                "https://shop.example/p?my_utm_source=a",
                "https://shop.example/p#utm_source=a"
            })
    void findsNoCampaignWhereThereIsNone(String url) {
        assertThat(PageAddress.campaign(url)).isEmpty();
    }
}
