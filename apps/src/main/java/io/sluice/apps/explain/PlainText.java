package io.sluice.apps.explain;

/** Text that clients and workers wrote, made harmless for a terminal. */
final class PlainText {

    private PlainText() {}

    /** What is no visible character, as its number: it could move the cursor, or hide the rest. */
    static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(plain, point));
        return plain.toString();
    }

    private static void append(StringBuilder plain, int point) {
        boolean hidden =
                switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            true;
                    default -> false;
                };
        if (hidden) {
            plain.append(String.format("\\u{%x}", point));
        } else {
            plain.appendCodePoint(point);
        }
    }
}
