package dev.sluice.enricher;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// A day of 200 devices, whose sessions, users, devices and places are known because they were
/// drawn first and the events made from them.
///
/// Within a session events are at most 9 minutes apart, sessions of a device at least 75; one event
/// in twenty, never the first of a session, comes up to 90 minutes late. A third of the devices log
/// in, two of them as one user now and then.
final class Day {

    static final int DEVICES = 200;

    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
    private static final TenantId TENANT = new TenantId("shop");

    /// @param deviceClass and what follows as a person reads the user agent
    record Agent(String text, String deviceClass, String os, boolean bot) {}

    /// @param country of the address, as the test database has it
    record Place(String ip, String country) {}

    /// @param query of the first page's address
    record Arrival(@Nullable String referrer, String query, String channel) {}

    /// What is true of one event.
    ///
    /// @param session names the session within the device
    /// @param person names who it belongs to, as far as was known when it came
    record Truth(
            String device, int session, Agent agent, Place place, Arrival arrival, String person) {}

    /// @param event as the validator sends it
    record Sent(Instant receivedTs, Instant eventTs, SectionedEvent event, Truth truth) {

        String id() {
            return Receipt.decode(event.receipt()).eventId().value();
        }
    }

    /// What is true of a session when the day is over.
    record Session(
            String device,
            int index,
            Instant startedAt,
            Instant endedAt,
            int events,
            int pages,
            int conversions,
            String entryPage,
            String exitPage) {}

    static final List<Agent> AGENTS =
            List.of(
                    new Agent(Fixtures.IPHONE, "phone", "iOS", false),
                    new Agent(
                            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML,"
                                    + " like Gecko) Chrome/130.0.0.0 Safari/537.36",
                            "desktop",
                            "Windows",
                            false),
                    new Agent(
                            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML,"
                                    + " like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
                            "phone",
                            "Android",
                            false),
                    new Agent(
                            "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
                                    + " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                            "tablet",
                            "iOS",
                            false),
                    new Agent(
                            "Mozilla/5.0 (compatible; Googlebot/2.1;"
                                    + " +http://www.google.com/bot.html)",
                            "bot",
                            "",
                            true));

    static final List<Place> PLACES =
            List.of(
                    new Place("81.2.69.142", "GB"),
                    new Place("89.160.20.112", "SE"),
                    new Place("216.160.83.56", "US"),
                    new Place("175.16.199.1", "CN"));

    static final List<Arrival> ARRIVALS =
            List.of(
                    new Arrival(null, "", "direct"),
                    new Arrival("https://www.google.com/", "", "organic_search"),
                    new Arrival("https://www.google.com/", "?gclid=x1", "paid_search"),
                    new Arrival(
                            null, "?utm_source=autumn&utm_medium=email&utm_campaign=news", "email"),
                    new Arrival("https://www.facebook.com/", "", "organic_social"));

    private final Random random;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();

    Day(long seed) {
        random = new Random(seed);
        for (int device = 0; device < DEVICES; device++) {
            device(device);
        }
        sent.sort(Comparator.comparing(Sent::receivedTs).thenComparing(Sent::id));
    }

    /// In the order of receipt.
    List<Sent> sent() {
        return sent;
    }

    List<Session> sessions() {
        return sessions;
    }

    private void device(int number) {
        String device = "device-%03d".formatted(number);
        Agent agent = pick(AGENTS);
        Place place = pick(PLACES);
        // Every third device logs in; those of neighbouring thirds as one user.
        String user = number % 3 == 0 ? "user-" + number / 6 : null;
        int login = random.nextInt(3);
        Instant at = MIDNIGHT.plus(Duration.ofMinutes(random.nextInt(300)));
        int visits = 1 + random.nextInt(4);
        boolean loggedIn = false;
        for (int visit = 0; visit < visits; visit++) {
            Arrival arrival = pick(ARRIVALS);
            loggedIn |= user != null && visit >= login;
            at = visit(device, visit, agent, place, arrival, loggedIn ? user : null, at);
            at = at.plus(Duration.ofMinutes(75 + random.nextInt(120)));
        }
    }

    private Instant visit(
            String device,
            int number,
            Agent agent,
            Place place,
            Arrival arrival,
            @Nullable String user,
            Instant from) {
        int events = 1 + random.nextInt(9);
        int pages = 0;
        int conversions = 0;
        String entry = "";
        String exit = "";
        Instant at = from;
        for (int i = 0; i < events; i++) {
            at = i == 0 ? at : at.plusMillis(1 + random.nextInt(9 * 60_000));
            String type = i == 0 || random.nextBoolean() ? "page_view" : "add_to_cart";
            type = i == events - 1 && i > 2 && random.nextInt(3) == 0 ? "purchase" : type;
            String page = "https://shop.example/p/" + random.nextInt(50);
            if (type.equals("page_view")) {
                pages++;
                exit = page;
                entry = entry.isEmpty() ? page : entry;
            }
            conversions += type.equals("purchase") ? 1 : 0;
            boolean late = i > 0 && random.nextInt(20) == 0;
            Duration delay =
                    late
                            ? Duration.ofMinutes(1 + random.nextInt(90))
                            : Duration.ofMillis(random.nextInt(3000));
            String id = device + "/" + number + "/" + i;
            String address = page + (i == 0 ? arrival.query() : "");
            String referrer = i == 0 ? arrival.referrer() : "https://shop.example/";
            sent.add(
                    new Sent(
                            at.plus(delay),
                            at,
                            event(
                                    id, device, user, agent, place, type, at, delay, address,
                                    referrer),
                            new Truth(
                                    device,
                                    number + 1,
                                    agent,
                                    place,
                                    arrival,
                                    user == null ? device : user)));
        }
        sessions.add(
                new Session(device, number + 1, from, at, events, pages, conversions, entry, exit));
        return at;
    }

    private static SectionedEvent event(
            String id,
            String device,
            @Nullable String user,
            Agent agent,
            Place place,
            String type,
            Instant at,
            Duration delay,
            String address,
            @Nullable String referrer) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("event_type", type);
        body.put("anonymous_id", device);
        ObjectNode page = body.putObject("context").putObject("page");
        page.put("url", address);
        if (referrer != null) {
            page.put("referrer", referrer);
        }
        body.putObject("properties");
        Receipt receipt =
                new Receipt(
                        new EventId(id),
                        TENANT,
                        new SourceId("web"),
                        at.plus(delay),
                        TENANT.value() + "/" + device,
                        place.ip(),
                        null,
                        null);
        CheckedFacts facts =
                new CheckedFacts(
                        type,
                        null,
                        "1-0-0",
                        at,
                        null,
                        null,
                        device,
                        user,
                        null,
                        null,
                        agent.text());
        return SectionedEvent.received(receipt.encode(), Bytes.utf8(body.toString()))
                .withChecked(facts.encode());
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
