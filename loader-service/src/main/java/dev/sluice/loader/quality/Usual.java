package dev.sluice.loader.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a figure usually is, as the middle of earlier ones, and how far they stray from it.
///
/// A figure stands out when its modified z-score is above 3.5 (Iglewicz and Hoaglin, How to detect
/// and handle outliers, 1993): median and median absolute deviation, unlike mean and standard
/// deviation, do not move when one of the earlier days was an outage.
///
/// @param median of the earlier figures
/// @param deviation the median of their distances from it
record Usual(double median, double deviation) {

    /// Fewer earlier figures say nothing.
    static final int FEWEST = 3;

    private static final double NORMAL = 0.6745;
    private static final double OUTLIER = 3.5;

    /// @param earlier in any order
    /// @return empty if there are too few
    static Optional<Usual> of(List<Double> earlier) {
        if (earlier.size() < FEWEST) {
            return Optional.empty();
        }
        double median = median(earlier.stream().mapToDouble(each -> each).toArray());
        double deviation =
                median(earlier.stream().mapToDouble(each -> Math.abs(each - median)).toArray());
        return Optional.of(new Usual(median, deviation));
    }

    /// Whether a figure is farther away than the earlier ones explain.
    boolean isExceptional(double figure) {
        return NORMAL * Math.abs(figure - median) > OUTLIER * deviation;
    }

    private static double median(double[] figures) {
        Arrays.sort(figures);
        int middle = figures.length / 2;
        return figures.length % 2 == 1
                ? figures[middle]
                : (figures[middle - 1] + figures[middle]) / 2;
    }
}
