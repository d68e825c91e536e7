package dev.sluice.fleet;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/// The `main` of a task's process: runs a service's own `main`, and dies with whoever started it.
///
/// The starter holds the other end of standard input and never writes; when it is gone, however it
/// ended, the end of the input is read here.
final class TaskMain {

    private static final int ORPHANED = 99;

    private TaskMain() {}

    /// @param words the service's main class, then its arguments
    public static void main(String[] words) throws Throwable {
        Thread.ofPlatform().daemon().name("starter-watch").start(TaskMain::haltWithTheStarter);
        String[] arguments = Arrays.copyOfRange(words, 1, words.length);
        try {
            Class.forName(words[0])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static void haltWithTheStarter() {
        try {
            while (System.in.read() >= 0) {
                // The starter does not write.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
