package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class KeysCommandTest {

    @TempDir Path folder;

    private String file;
    private String out = "";
    private String err = "";

    @BeforeEach
    void name() {
        file = folder.resolve("keys.json").toString();
    }

    @Test
    void showsAKeyOnceAndStoresItsHashOnly() throws IOException {
        assertThat(run("create", "--tenant", "shop", "--source", "web", "--file", file)).isZero();
        String key = out.strip();

        assertThat(key).matches("wk_[A-Za-z0-9_-]{43}");
        assertThat(Files.readString(Path.of(file))).doesNotContain(key).contains("\"shop\"");
        assertThat(run("list", "--file", file)).isZero();
        assertThat(out).contains("shop", "web", "never").doesNotContain(key);
    }

    @Test
    void rotatesWithTwoLiveKeysAndRevokesTheOldOne() {
        run("create", "--tenant", "shop", "--source", "web", "--file", file);
        run("list", "--file", file);
        String old = out.lines().skip(1).findFirst().orElseThrow().substring(0, 12);

        assertThat(run("rotate", old, "--grace", "24h", "--file", file)).isZero();
        assertThat(out.strip()).startsWith("wk_");
        run("list", "--file", file);
        assertThat(out.lines().skip(1)).hasSize(2);
        assertThat(run("rotate", old, "--file", file)).isEqualTo(1);
        assertThat(err).contains("expires at");

        assertThat(run("revoke", old, "--file", file)).isZero();
        run("list", "--file", file);
        assertThat(out.lines().skip(1)).hasSize(1).noneMatch(line -> line.startsWith(old));
    }

    @Test
    void showsTheSecretOfAProducerThatSigns() {
        assertThat(run("create", "--tenant", "a", "--source", "b", "--sign", "--file", file))
                .isZero();
        assertThat(out.strip().lines()).hasSize(2);
        assertThat(err).contains("signed with");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(run("list")).isEqualTo(2);
        assertThat(err).contains("--file FILE or --table TABLE");
        assertThat(run("revoke", "abcdef", "--file", file)).isEqualTo(1);
        assertThat(err).contains("0 keys have a hash that begins with abcdef");
        assertThat(run("create", "--source", "web", "--file", file)).isEqualTo(2);
        assertThat(err).contains("--tenant");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        StringWriter written = new StringWriter();
        StringWriter told = new StringWriter();
        CommandLine sluice =
                SluiceCommand.commandLine()
                        .setOut(new PrintWriter(written, true))
                        .setErr(new PrintWriter(told, true));
        int exit = sluice.execute(all.toArray(String[]::new));
        out = written.toString();
        err = told.toString();
        return exit;
    }
}
