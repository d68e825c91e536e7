import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks or rewrites every Java source of the repository in google-java-format's AOSP style.
/// `java Format.java check|write DIR...`; exits 1 and names the files that differ.
final class Format {

    private static final Formatter FORMATTER =
            new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());

    public static void main(String[] args) throws IOException {
        boolean write = args[0].equals("write");
        List<Path> different = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            for (Path source : sources(Path.of(args[i]))) {
                if (differs(source, write)) {
                    different.add(source);
                }
            }
        }
        if (write) {
            System.out.println("formatted " + different.size() + " files");
        } else if (!different.isEmpty()) {
            System.err.println("Not formatted (run: mvn -N process-sources -Dformat=write):");
            different.forEach(path -> System.err.println("  " + path));
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().matches(".*/(src|\\.build)/.*"))
                    .filter(path -> !path.toString().matches(".*/(target|node_modules|\\.git)/.*"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean differs(Path file, boolean write) throws IOException {
        String before = Files.readString(file);
        try {
            String after =
                    FORMATTER.formatSource(
                            RemoveUnusedImports.removeUnusedImports(
                                    ImportOrderer.reorderImports(before, Style.AOSP)));
            if (write && !after.equals(before)) {
                Files.writeString(file, after);
            }
            return !after.equals(before);
        } catch (FormatterException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
