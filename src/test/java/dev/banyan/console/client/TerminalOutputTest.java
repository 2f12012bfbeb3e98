package dev.banyan.console.client;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.console.Frame;
import org.junit.jupiter.api.Test;

class TerminalOutputTest {

    private static final String CODE = "████\n█  █\n████";

    private final StringWriter written = new StringWriter();

    @Test
    void noNameSteersTheTerminal() {
        paper(false, TerminalOutput.ENDLESS)
                .show(new Frame.Out("A\u001b[2J\u0007\u009b31m\r\nB\u202eC\u2066D\u0000\tأميرة 👑 é"));

        assertThat(written.toString()).isEqualTo("A�[2J��31m��B�C�D��أميرة 👑 é\n");
    }

    @Test
    void aCodeIsCleanedToo() {
        paper(false, TerminalOutput.ENDLESS).show(new Frame.Qr("█\u001b█\n███", "cap\u001bt"));

        assertThat(written.toString()).isEqualTo("█�█\n███\ncap�t\n");
    }

    @Test
    void withoutColoursThereIsNoEscape() {
        var paper = paper(false, TerminalOutput.ENDLESS);
        paper.show(new Frame.Out("❌ no"));
        paper.show(new Frame.Out("✅ yes"));
        paper.show(new Frame.Out("📊 ACCOUNT STATISTICS"));
        paper.show(new Frame.Qr(CODE, "Code 1"));

        assertThat(written.toString()).doesNotContain("\u001b").contains("❌ no\n✅ yes\n📊 ACCOUNT STATISTICS\n" + CODE);
    }

    @Test
    void coloursFollowTheSign() {
        var paper = paper(true, TerminalOutput.ENDLESS);
        paper.show(new Frame.Out("❌ no"));
        paper.show(new Frame.Out("✅ [PRIMARY] Amira Nasser (+971500000101)"));
        paper.show(new Frame.Out("plain"));

        assertThat(written.toString())
                .isEqualTo("\u001b[31m❌ no\u001b[0m\n✅ [PRIMARY] Amira Nasser (+971500000101)\nplain\n");
    }

    @Test
    void aNewCodeIsDrawnOverTheOldOne() {
        var paper = paper(false, size(80, 24));
        paper.show(new Frame.Qr(CODE, "Code 1"));
        paper.show(new Frame.Qr(CODE, "Code 2"));

        assertThat(written.toString()).isEqualTo(CODE + "\nCode 1\u001b[K\n\u001b[4A\r" + CODE + "\nCode 2\u001b[K\n");
    }

    @Test
    void aLineBetweenTwoCodesStays() {
        var paper = paper(false, size(80, 24));
        paper.show(new Frame.Qr(CODE, "Code 1"));
        paper.show(new Frame.Out("⏳ The phone asks for a passkey first"));
        paper.show(new Frame.Qr(CODE, "Code 2"));

        assertThat(written.toString()).doesNotContain("\u001b[4A");
    }

    @Test
    void aTerminalThatIsTooLowGetsOneCodeBelowTheOther() {
        var paper = paper(false, size(80, 4));
        paper.show(new Frame.Qr(CODE, "Code 1"));
        paper.show(new Frame.Qr(CODE, "Code 2"));

        assertThat(written.toString()).doesNotContain("\u001b[4A").contains("Code 1", "Code 2");
    }

    @Test
    void aTerminalThatIsTooNarrowIsToldSo() {
        paper(false, size(3, 24)).show(new Frame.Qr(CODE, "Code 1"));

        assertThat(written.toString()).isEqualTo("⚠️  The QR code needs 4 columns. Make the window wider\n");
    }

    private TerminalOutput paper(boolean colours, TerminalOutput.Size size) {
        return new TerminalOutput(new PrintWriter(written), colours, size);
    }

    private static TerminalOutput.Size size(int columns, int rows) {
        return new TerminalOutput.Size() {
            @Override
            public int columns() {
                return columns;
            }

            @Override
            public int rows() {
                return rows;
            }
        };
    }
}
