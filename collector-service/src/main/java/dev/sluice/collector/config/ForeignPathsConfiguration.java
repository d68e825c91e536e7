package dev.sluice.collector.config;

import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.ingress.Admission;
import dev.sluice.collector.ingress.BodyReader;
import dev.sluice.collector.ingress.BytesInFlight;
import dev.sluice.collector.ingress.EventPathServlet;
import dev.sluice.collector.ingress.ForeignPath;
import dev.sluice.collector.ingress.Gate;
import dev.sluice.collector.ingress.Manners;
import dev.sluice.collector.ingress.RequestMetrics;
import dev.sluice.collector.ingress.SdkSettingsServlet;
import dev.sluice.collector.ingress.Visitors;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.Protocol;
import dev.sluice.collector.process.protocol.clickstream.ClickstreamWeb;
import dev.sluice.collector.process.protocol.cloudevents.CloudEvents;
import dev.sluice.collector.process.protocol.posthog.PosthogCapture;
import dev.sluice.collector.process.protocol.segment.SegmentApi;
import dev.sluice.collector.process.protocol.snowplow.SnowplowTracker;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.Arrays;
import java.util.stream.Stream;

/// The paths of other vendors' SDKs, each with and without a slash at its end: a redirect from one
/// to the other would lose events.
@Configuration(proxyBeanMethods = false)
class ForeignPathsConfiguration {

    private static final String[] SEGMENT = {
        "/v1/identify",
        "/v1/track",
        "/v1/page",
        "/v1/screen",
        "/v1/group",
        "/v1/alias",
        "/v1/batch",
        "/v1/import",
        "/v1/i",
        "/v1/t",
        "/v1/p",
        "/v1/s",
        "/v1/g",
        "/v1/a",
        "/v1/b",
        "/v1/m",
        "/beacon/v1/batch",
        "/v1/pixel/identify",
        "/v1/pixel/track",
        "/v1/pixel/page",
        "/v1/pixel/screen",
        "/v1/pixel/group",
        "/v1/pixel/alias",
        "/pixel/v1/track",
        "/pixel/v1/page"
    };

    private final Gate gate;
    private final BodyReader bodies;
    private final Admission admission;
    private final BytesInFlight inFlight;
    private final CollectPipeline pipeline;
    private final RequestMetrics metrics;
    private final Visitors visitors;
    private final HttpProperties http;

    ForeignPathsConfiguration(
            Gate gate,
            BodyReader bodies,
            Admission admission,
            BytesInFlight inFlight,
            CollectPipeline pipeline,
            RequestMetrics metrics,
            Visitors visitors,
            HttpProperties http) {
        this.gate = gate;
        this.bodies = bodies;
        this.admission = admission;
        this.inFlight = inFlight;
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.visitors = visitors;
        this.http = http;
    }

    @Bean
    ForeignReader foreignReader(LimitsProperties limits) {
        return new ForeignReader(limits.forBodies());
    }

    @Bean
    ServletRegistrationBean<EventPathServlet> segmentRegistration(ForeignReader reader) {
        return registration("segment", Manners.SEGMENT, new SegmentApi(reader), SEGMENT);
    }

    @Bean
    ServletRegistrationBean<EventPathServlet> snowplowRegistration(ForeignReader reader) {
        return registration(
                "snowplow",
                Manners.SNOWPLOW,
                new SnowplowTracker(reader),
                "/com.snowplowanalytics.snowplow/tp2",
                "/i");
    }

    @Bean
    ServletRegistrationBean<EventPathServlet> cloudEventsRegistration(ForeignReader reader) {
        return registration(
                "cloudevents",
                Manners.CLOUDEVENTS,
                new CloudEvents(reader),
                "/v1/cloudevents",
                "/cloudevents");
    }

    @Bean
    ServletRegistrationBean<EventPathServlet> clickstreamRegistration(ForeignReader reader) {
        return registration(
                "clickstream", Manners.CLICKSTREAM, new ClickstreamWeb(reader), "/collect");
    }

    @Bean
    ServletRegistrationBean<EventPathServlet> posthogRegistration(ForeignReader reader) {
        return registration(
                "posthog", Manners.POSTHOG, new PosthogCapture(reader), "/batch", "/capture", "/e");
    }

    @Bean
    ServletRegistrationBean<EventPathServlet> posthogV1Registration(ForeignReader reader) {
        return registration(
                "posthogV1",
                Manners.POSTHOG_V1,
                new PosthogCapture(reader),
                "/i/v1/analytics/events");
    }

    @Bean
    ServletRegistrationBean<SdkSettingsServlet> sdkSettingsRegistration() {
        return new ServletRegistrationBean<>(
                new SdkSettingsServlet(), "/v1/projects/*", "/sourceConfig", "/sourceConfig/");
    }

    private ServletRegistrationBean<EventPathServlet> registration(
            String name, Manners manners, Protocol protocol, String... paths) {
        ForeignPath path =
                new ForeignPath(
                        manners,
                        protocol,
                        gate,
                        bodies,
                        admission,
                        pipeline,
                        visitors,
                        http.retryAfter());
        ServletRegistrationBean<EventPathServlet> registration =
                new ServletRegistrationBean<>(
                        new EventPathServlet(path, inFlight, metrics),
                        Arrays.stream(paths)
                                .flatMap(exact -> Stream.of(exact, exact + "/"))
                                .toArray(String[]::new));
        registration.setName(name);
        return registration;
    }
}
