package dev.sluice.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void refusesBooksThatDoNotBalance() {
        assertThatThrownBy(() -> new Tally(10, 5, 2, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("received 10");
    }

    @Test
    void refusesToCountDown() {
        assertThatThrownBy(() -> new Tally(0, 1, -1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsUpPartByPart() {
        Tally one = new Tally(10, 4, 3, 2, 1);
        Tally other = new Tally(5, 5, 0, 0, 0);
        assertThat(one.plus(other)).isEqualTo(new Tally(15, 9, 3, 2, 1));
        assertThat(one.plus(Tally.ZERO)).isEqualTo(one);
    }
}
