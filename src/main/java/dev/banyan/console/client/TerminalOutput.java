package dev.banyan.console.client;

import module java.base;
import dev.banyan.console.Frame;

/// The terminal's output: sanitized, so that no name can send control codes, and colored if wanted.
final class TerminalOutput {

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String FAINT = "\u001b[2m";
    private static final String WHITE_ON_BLACK = "\u001b[38;5;231;48;5;16m";
    private static final List<String> HEADINGS =
            List.of("👑 M", "📊 ", "📱 ", "🔗 ", "📚 ", "🤖 ", "🔴 ", "⏳ LINKING D", "   MASTER");

    private final PrintWriter out;
    private final boolean colours;
    private final Size size;
    private int linesOfLastCode;

    interface Size {

        int columns();

        /// 0 if the screen can't be redrawn.
        int rows();
    }

    /// No limits.
    static final Size ENDLESS = new Size() {
        @Override
        public int columns() {
            return Integer.MAX_VALUE;
        }

        @Override
        public int rows() {
            return 0;
        }
    };

    TerminalOutput(PrintWriter out, boolean colours, Size size) {
        this.out = out;
        this.colours = colours;
        this.size = size;
    }

    void show(Frame frame) {
        switch (frame) {
            case Frame.Out(String text) -> line(text);
            case Frame.Qr(String drawing, String caption) ->
                code(drawing.lines().map(TerminalOutput::clean).toList(), clean(caption));
            case Frame.Clear _,
                    Frame.Waits _,
                    Frame.File _,
                    Frame.Run _,
                    Frame.Attach _,
                    Frame.Complete _,
                    Frame.Cancel _,
                    Frame.Done _,
                    Frame.Words _ -> {
                // Nothing to show.
            }
        }
    }

    void line(String text) {
        linesOfLastCode = 0;
        out.println(coloured(clean(text)));
        out.flush();
    }

    private void code(List<String> lines, String caption) {
        if (lines.stream().anyMatch(line -> line.length() > size.columns())) {
            line("⚠️  The QR code needs " + lines.getFirst().length() + " columns. Make the window wider");
            return;
        }
        int height = lines.size() + 1;
        if (linesOfLastCode == height && height < size.rows()) {
            out.print("\u001b[" + height + "A\r");
        }
        lines.forEach(line -> out.println(colours ? WHITE_ON_BLACK + line + RESET : line));
        out.println(caption + (size.rows() > 0 ? "\u001b[K" : ""));
        out.flush();
        linesOfLastCode = height;
    }

    /// Removes control characters and direction marks.
    static String clean(String text) {
        return text.codePoints()
                .map(point -> isDangerous(point) ? 0xFFFD : point)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static boolean isDangerous(int point) {
        return Character.isISOControl(point)
                || point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || point >= 0x2028 && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069
                || Character.getType(point) == Character.SURROGATE;
    }

    private String coloured(String line) {
        return colours ? colour(line) + line + (colour(line).isEmpty() ? "" : RESET) : line;
    }

    private static String colour(String line) {
        if (line.startsWith("❌")) {
            return RED;
        }
        if (line.startsWith("✅ ") && !line.startsWith("✅ [")) {
            return GREEN;
        }
        if (line.startsWith("⚠️") || line.startsWith("❓")) {
            return YELLOW;
        }
        if (line.startsWith("→") || line.startsWith("💡")) {
            return FAINT;
        }
        return HEADINGS.stream().anyMatch(line::startsWith) ? BOLD : "";
    }
}
