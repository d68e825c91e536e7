package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

final class ShardIteratorTest {

    private static final ShardIterator ITERATOR =
            new ShardIterator("raw", -5, 17, 1L << 40, 1_700_000_000_000L);

    @Test
    void carriesAllOfItself() {
        assertThat(ShardIterator.parse(ITERATOR.token())).contains(ITERATOR);
    }

    @Test
    void refusesDamage() {
        String token = ITERATOR.token();
        for (int i = 0; i < token.length() - 2; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String damaged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(ShardIterator.parse(damaged)).as("at %d", i).isEmpty();
        }
        assertThat(ShardIterator.parse("")).isEmpty();
        assertThat(ShardIterator.parse("not base64!")).isEmpty();
    }

    @Test
    void isGoodForFiveMinutes() {
        long lifetime = ShardIterator.LIFETIME.toMillis();
        assertThat(lifetime).isEqualTo(300_000);
        assertThat(ITERATOR.isExpiredAt(ITERATOR.issuedMillis() + lifetime)).isFalse();
        assertThat(ITERATOR.isExpiredAt(ITERATOR.issuedMillis() + lifetime + 1)).isTrue();
    }

    @Test
    void isNoPageToken() {
        assertThatExceptionOfType(KinesisError.class)
                .isThrownBy(() -> PageToken.parse(ITERATOR.token(), 0));
    }

    @Test
    void pageTokensExpireToo() {
        PageToken page = new PageToken("raw", ShardFilter.ALL, "shardId-000000000001", 1000);
        assertThat(PageToken.parse(page.token(), 301_000)).isEqualTo(page);
        assertThatExceptionOfType(KinesisError.class)
                .isThrownBy(() -> PageToken.parse(page.token(), 301_001))
                .satisfies(e -> assertThat(e.type()).isEqualTo("ExpiredNextTokenException"));
    }
}
