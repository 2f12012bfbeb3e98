package dev.banyan.whatsapp.optouts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutSettingsTest {

    private static final OptOutSettings DEFAULT = OptOutSettings.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop",
                "STOP",
                " Stop! ",
                "stop.",
                "*STOP*",
                "ＳＴＯＰ",
                "Stop…",
                "stop 🙏",
                "opt  out",
                "Unsubscribe",
                "arret",
                "Arrêt",
                "ARRÊT!!",
                "stopp",
                "BAJA",
                "إيقاف",
                "ايقاف",
                "إِيقَاف.",
                "\u200Fإيقاف\u200F",
                "Стоп",
                "退订",
                "OPT-OUT",
                "Opt_Out",
                "STOP ALL",
                "Stop-All!",
                "stop please",
                "Please stop.",
                "pls STOP, thank you",
                "stop stop stop",
                "Unsubscribe me please",
                "cancel",
                "END",
                "Quit",
                "pare",
                "Pare, por favor!",
                "descadastrar",
                "DESCADASTRE",
                "Désabonnez-moi s'il vous plaît",
                "bitte abmelden",
                "إلغاء",
                "الغاء",
                "إلـــغاء",
                "إلغاء من فضلك",
                "\uFE87\uFEDF\uFED0\uFE8E\uFE80",
                "إزاله",
                "أوقفوا",
                "отписаться",
                "ОТПИСАТЬСЯ!",
                "Отпишите меня, пожалуйста",
                "İPTAL",
                "çık",
                "CIK",
                "cancelar suscripcion",
                "rezygnuje",
                "\u200Bsto\u200Bp\uFEFF",
                "🛑 STOP 🛑",
                "Stop promotions",
                "Detener promociones",
                "Parar promoções",
                "إيقاف العروض الترويجية",
                "Werbung stoppen",
                "Arrêter les promotions",
                "stop a.u.b.",
                "Don’t contact me",
                "Please remove me from your list",
                "Descadastrar-me",
                "No quiero más mensajes",
                "не пишите",
                "لا ترسلوا لي",
                "στοπ",
                "S.T.O.P",
                "s t o p!",
                "Stop marketing",
                "Stop all messages please",
                "stop spam",
                "leave me alone",
                "Do not message me",
                "Don't text me",
                "unsuscribe",
                "keine weiteren Nachrichten",
                "Bitte nicht mehr schreiben",
                "Je me désabonne",
                "No me escriban",
                "Não enviar",
                "nie pisz",
                "mesaj istemiyorum",
                "إيقاف الرسائل",
                "الغاء الرسائل",
                "لا أريد رسائل",
                "停止发送",
                "拒收",
                "やめて",
                "수신 거부"
            })
    void aWordOptsOut(String text) {
        assertThat(DEFAULT.isOut(text)).isTrue();
        assertThat(DEFAULT.isIn(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "please",
                "thank you",
                "stop it",
                "stopping",
                "non-stop",
                "don’t stop",
                "The bus stop",
                "st op",
                "The end",
                "end of the month please",
                "Can I cancel my order?",
                "cancel my order please",
                "I want to quit smoking",
                "Please stop by at five",
                "weekend",
                "Quiero cancelar mi cita de mañana",
                "para mañana",
                "Pode parar aqui",
                "أريد إلغاء الطلب رقم 12",
                "لا تتوقف",
                "Не отписаться, а узнать цену",
                "остановка",
                "Ich will nicht kündigen",
                "promotions",
                "Werbung",
                "don’t cancel",
                "Quero sair com vocês",
                "Do you have promotions?",
                "messages",
                "No more messages from the bank yet",
                "a b c",
                "Send me an SMS"
            })
    void anythingElseDoesNot(String text) {
        assertThat(DEFAULT.isOut(text)).isFalse();
    }

    @Test
    void aLongTextIsNoWord() {
        assertThat(DEFAULT.isOut("stop" + " ".repeat(5_000))).isFalse();
    }

    @Test
    void aTextOfAsManyRepetitionsAsFitIsReadAtOnce() {
        assertThat(DEFAULT.isOut("a ".repeat(119))).isFalse();
        assertThat(DEFAULT.isOut("please ".repeat(34))).isFalse();
    }

    @Test
    void everyWordOfAnAccountCounts() {
        var own = new OptOutSettings(List.of("No más, ¡gracias!"), List.of(), "", "", 20);
        assertThat(own.isOut("no mas gracias")).isTrue();
        assertThat(own.isOut("stop")).as("its own words alone").isFalse();
    }

    @Test
    void wordsOptInAgain() {
        assertThat(DEFAULT.isIn("Start!")).isTrue();
        assertThat(DEFAULT.isIn("restart")).isFalse();
    }

    @Test
    void theDefaultsAreGood() {
        assertThat(DEFAULT.broken()).isEmpty();
    }

    @Test
    void badSettingsSayWhatIsWrong() {
        assertThat(fields(new OptOutSettings(List.of(), List.of(), "", "", 20))).containsExactly("outWords");
        assertThat(fields(new OptOutSettings(List.of("!"), List.of("x".repeat(61)), "", "", 20)))
                .containsExactly("outWords", "inWords");
        assertThat(fields(new OptOutSettings(List.of("Stop"), List.of("stop."), "", "", 20)))
                .containsExactly("inWords");
        assertThat(fields(new OptOutSettings(List.of("a\nb"), List.of(), "x".repeat(1_001), "\u0000", 20)))
                .containsExactly("outWords", "outAnswer", "inAnswer");
        assertThat(fields(new OptOutSettings(List.of("stop"), List.of(), "", "", -1)))
                .containsExactly("firstContactsPerDay");
        assertThat(fields(new OptOutSettings(List.of("stop"), List.of(), "", "", 10_001)))
                .containsExactly("firstContactsPerDay");
        assertThat(fields(new OptOutSettings(
                        java.util.stream.IntStream.range(0, 251)
                                .mapToObj(i -> "word" + i)
                                .toList(),
                        List.of(),
                        "",
                        "",
                        0)))
                .containsExactly("outWords");
        assertThat(fields(new OptOutSettings(
                        Stream.concat(
                                        DEFAULT.outWords().stream(),
                                        IntStream.range(0, 100).mapToObj(i -> "word" + i))
                                .toList(),
                        List.of(),
                        "",
                        "",
                        0)))
                .as("those of the program leave room for others")
                .isEmpty();
    }

    private static List<String> fields(OptOutSettings settings) {
        return settings.broken().stream().map(Invalid::field).toList();
    }
}
