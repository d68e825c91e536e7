package dev.sluice.traffic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the devices that visit the shop.
final class Population {

    private static final Map<String, List<List<Integer>>> SCREENS =
            Map.of(
                    "desktop",
                    List.of(List.of(1920, 1080), List.of(1512, 982), List.of(2560, 1440)),
                    "phone",
                    List.of(List.of(390, 844), List.of(412, 915), List.of(360, 800)),
                    "tablet",
                    List.of(List.of(820, 1180), List.of(1024, 1366)),
                    DeviceTraits.BOT,
                    List.of(List.of(1024, 768)));

    private final Dice dice;
    private final double skewed;
    private final Map<String, List<List<String>>> userAgents =
            Words.rows("user-agents").stream().collect(Collectors.groupingBy(List::getFirst));
    private final List<List<String>> places = Words.rows("places");

    /// @param skewed share of devices whose clock is wrong, 0 to 1
    Population(Dice dice, double skewed) {
        this.dice = dice;
        this.skewed = skewed;
    }

    List<Device> devices(int count) {
        return Stream.generate(this::device).limit(count).toList();
    }

    private Device device() {
        DeviceTraits traits = traits();
        boolean bot = traits.kind().equals(DeviceTraits.BOT);
        Device.Sdk sdk = sdk(bot);
        return new Device(
                EventIds.uuid(dice.bits(), dice.bits(), 4),
                traits,
                sdk,
                format(sdk),
                dice.chance(sdk == Device.Sdk.BROWSER ? 0.2 : 0.7),
                dice.chance(skewed) ? skew() : Duration.ZERO,
                bot || dice.chance(0.45) ? null : "u-" + dice.between(1_000_000, 9_999_999));
    }

    private DeviceTraits traits() {
        String kind = kind(dice.share());
        List<String> place = dice.pickPopular(places);
        List<Integer> screen = dice.pick(SCREENS.getOrDefault(kind, List.of()));
        // 198.18.0.0/15 is set aside for benchmarks (RFC 2544): it is nobody's address.
        String ip =
                "198.%d.%d.%d"
                        .formatted(
                                dice.between(18, 19), dice.between(0, 255), dice.between(1, 254));
        return new DeviceTraits(
                kind,
                dice.pickPopular(userAgents.getOrDefault(kind, List.of())).getLast(),
                place.getFirst(),
                place.getLast(),
                screen.getFirst(),
                screen.getLast(),
                ip);
    }

    private static String kind(double share) {
        if (share < 0.41) {
            return "desktop";
        }
        if (share < 0.90) {
            return "phone";
        }
        return share < 0.97 ? "tablet" : DeviceTraits.BOT;
    }

    private Device.Sdk sdk(boolean bot) {
        double share = dice.share();
        if (bot || share < 0.62) {
            return Device.Sdk.BROWSER;
        }
        return share < 0.92 ? Device.Sdk.APP : Device.Sdk.RELAY;
    }

    private BodyFormat format(Device.Sdk sdk) {
        if (sdk == Device.Sdk.RELAY) {
            return BodyFormat.NDJSON;
        }
        return dice.chance(0.6) ? BodyFormat.ARRAY : BodyFormat.NDJSON;
    }

    private Duration skew() {
        long seconds = dice.between(120L, Duration.ofHours(26).toSeconds());
        return Duration.ofSeconds(dice.chance(0.5) ? seconds : -seconds);
    }
}
