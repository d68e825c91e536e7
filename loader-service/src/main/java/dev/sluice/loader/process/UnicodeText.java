package dev.sluice.loader.process;

/// What a Java string may hold and UTF-8 may not.
final class UnicodeText {

    static final String LONE_SURROGATE = "half of a surrogate pair is no character";

    private UnicodeText() {}

    /// Whether every surrogate has its other half.
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
