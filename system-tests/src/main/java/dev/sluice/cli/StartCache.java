package dev.sluice.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/// A folder with what `./sluice` needs to start from a cache of the JVM: `sluice.aot`, and
/// `classpath`, with which it was made and has to be used.
final class StartCache {

    private static final long MOST_MINUTES = 10;

    private final Path folder;
    private final Consumer<String> progress;

    /// @param folder empty or missing
    StartCache(Path folder, Consumer<String> progress) {
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
    }

    /// Makes it, by the demo of another process.
    ///
    /// @throws IOException if that process failed; its log is left in the folder
    void train() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String classPath = classPath();
        Path cache = folder.resolve("sluice.aot.unfinished");
        Path log = folder.resolve("prepare.log");
        progress.accept("running a demo to learn from, log: " + log);
        Process demo =
                new ProcessBuilder(command(cache, classPath))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!demo.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || demo.exitValue() != 0) {
                throw new IOException("no cache was made; see " + log);
            }
        } finally {
            demo.destroy();
        }
        EmptyFolder.at(folder.resolve("data"));
        Files.writeString(folder.resolve("classpath"), classPath);
        Path finished = folder.resolve("sluice.aot");
        Files.move(cache, finished, StandardCopyOption.ATOMIC_MOVE);
        progress.accept("%,d MB in %s".formatted(Files.size(finished) >> 20, finished));
    }

    private List<String> command(Path cache, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-XX:AOT"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-XX:AOTCacheOutput=" + cache,
                        "-cp",
                        classPath,
                        SluiceCommand.class.getName(),
                        "demo",
                        "--rate",
                        "500",
                        "--duration",
                        "30s",
                        "--no-geo",
                        "--data",
                        folder.resolve("data").toString()));
        return command;
    }

    /// Our own class path. The JVM makes no cache of one that leads to a folder with something in
    /// it, as a jar's manifest can by naming its own folder.
    private String classPath() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            entries.add((namesItsFolder(jar) ? withoutClassPath(jar) : jar).toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static boolean namesItsFolder(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String names =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return names != null && List.of(names.split(" ")).contains(".");
        }
    }

    private Path withoutClassPath(Path jar) throws IOException {
        Path copy = folder.resolve(jar.getFileName());
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (var entry = in.getNextJarEntry();
                        entry != null;
                        entry = in.getNextJarEntry()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return copy;
    }
}
