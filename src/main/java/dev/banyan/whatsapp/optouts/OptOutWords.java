package dev.banyan.whatsapp.optouts;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Tells words that opt out or in from ordinary messages: a message counts if it is one of them, with nothing but
/// polite words around it, or what Meta's button for it says (“Stop promotions”). Case, accents, punctuation and the
/// various forms of Arabic and Cyrillic letters don't matter.
final class OptOutWords {

    /// More words than any list has in one entry, with polite ones around it.
    private static final int LONGEST = 4 * OptOutSettings.LONGEST_WORD;

    /// Accents, points of Arabic and Hebrew, what makes an Arabic word longer, and signs that aren't seen. Marks of
    /// other scripts tell words apart.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\u0300-\\u036F\\u0591-\\u05C7\\u0610-\\u061A\\u0640\\u064B-\\u065F"
                    + "\\u0670\\u06D6-\\u06ED\\u20D0-\\u20FF\\uFE00-\\uFE0F\\p{Cf}]+");

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
    private static final Pattern SPELLED = Pattern.compile("\\p{L}(?: \\p{L})+");
    private static final Pattern AGAIN = Pattern.compile("(.+?)(?: \\1)+");
    /// Letters of one sound, by how they are compared.
    private static final Map<Character, String> FORMS =
            Map.of('ى', "ي", 'ی', "ي", 'ک', "ك", 'ة', "ه", 'ı', "i", 'ß', "ss", 'ł', "l", 'ø', "o", 'đ', "d");

    private static final Cache<List<String>, Set<String>> FOLDED =
            Caffeine.newBuilder().maximumSize(200).build();

    /// What people write in the languages that they are likely to be written to in.
    static final List<String> DEFAULT = words("""
            stop, stop all, stopall, stop spamming me, stop texting me, stop messaging me
            stop sending me messages, no more messages, unsubscribe, unsubscribe me, unsub
            opt out, optout, opt me out, remove me, take me off
            revoke, cancel, end, quit, leave me alone, delete me, delete my number, unsubscribed, unsuscribe, unsubcribe
            stop texting, do not contact me, don’t contact me, do not message me, don’t message me, don’t text me
            remove my number, remove me from your list, take me off your list, unsubscribe from list
            arrêt, arrêter, arrêtez, désabonner, désabonnez-moi, me désabonner, se désabonner, désabonnement
            désinscrire, me désinscrire, désinscription, annuler, résilier, stop pub, ne plus recevoir
            je me désabonne, retirez-moi
            stopp, abmelden, abmeldung, abbestellen, austragen, beenden, kündigen, keine Nachrichten mehr, keine Werbung
            keine weiteren Nachrichten, nicht mehr schreiben
            baja, alto, dar de baja, darme de baja, darse de baja, cancelar, cancelar suscripción, anular, parar, pare
            detener, no más mensajes
            desuscribir, desuscribirme, anular suscripción, no quiero más mensajes, no molestar
            no me escriban, no me escriban más, no enviar, cancelar subscripción
            sair, parem, descadastrar, descadastre, me descadastre, descadastro, cancelar inscrição, desinscrever
            remover, me remova, encerrar
            quero sair, descadastrar-me, não quero receber, não quero mais receber
            não enviar, não me envie mais mensagens
            fermare, ferma, basta, cancella, cancellami, cancellati, annulla, disiscrivi, disiscrivimi, disiscrizione
            rimuovimi, annulla iscrizione
            stoppen, afmelden, uitschrijven, opzeggen
            avsluta, avregistrera, sluta, avmeld, stans, slutt, afmeld, frameld, peruuta, lopeta
            nie pisz, wypisz, wypisz mnie, rezygnuję, anuluj, zatrzymaj, odhlásit, zrušit, odjavi, odjavi me, odjava
            dezabonare, dezabonează, oprește, leiratkozás, leiratkozom
            berhenti, berhenti berlangganan, batal, henti, keluar, acha, itigil, dừng, hủy, ngừng
            dur, durdur, iptal, ret, çık, çıkış, abonelikten çık, mesaj istemiyorum
            стоп, отписаться, отписка, отпишите, отпишите меня, отказаться, отказ, отмена, отменить, прекратить
            остановить
            не писать, не пишите, отказ от рассылки, отменить подписку, удалите меня, тоқтат
            відписатися, відписка, скасувати, зупинити, відмова, отпиши, отпиши ме, отпишете ме
            διαγραφή, διακοπή, σταματήστε, ακύρωση, στοπ
            הסר, הסירו, עצור, הפסק, ביטול, בטל, להסיר
            إيقاف, توقف, أوقف, أوقفوا, وقف, إلغاء, إلغاء الاشتراك, ألغ الاشتراك, إنهاء, إزالة, قف, لا ترسل, لا ترسلوا, لا ترسل لي
            لا ترسلوا لي, كفى, احذفني, احذفوني, لا أريد رسائل
            لغو, لغو عضویت, لغو اشتراک, قطع, بند, بند کریں, بند کرو
            बंद, बंद करो, बंद करें, रोको, रोकें, स्टॉप, বন্ধ, বন্ধ করুন
            退订, 退訂, 取消, 取消订阅, 停止, 停止发送, 拒收, 不要再发, td, 配信停止, 解除, 退会, やめて, 수신거부, 수신 거부, 중지, 그만, 해지
            หยุด, ยกเลิก
            """);

    private static final Set<String> POLITE = folded(words("""
            please, pls, plz, thanks, thank you, thx, now
            s’il vous plaît, s’il te plaît, svp, stp, merci, bitte, danke, por favor, porfa, gracias, obrigado, obrigada
            per favore, per piacere, grazie, alstublieft, aub, a.u.b., dank u, lütfen, teşekkürler, пожалуйста, спасибо, будь ласка
            من فضلك, من فضلكم, لو سمحت, رجاء, شكرا, tolong, terima kasih, proszę, dziękuję
            promotions, les promotions, promociones, promoções, promozioni, promosi, Angebote, Werbung, рекламу, प्रचार
            العروض, العروض الترويجية
            messages, all messages, marketing, promo, ads, spam, sms, mensajes, mensagens, Nachrichten, الرسائل, рассылку
            """));

    private OptOutWords() {}

    private static List<String> words(String text) {
        return text.lines().flatMap(line -> Stream.of(line.split(", "))).toList();
    }

    /// Returns whether a message is one of these words.
    static boolean among(List<String> words, String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        Set<String> known = folded(words);
        String said = unspelled(folded(text));
        return !said.isEmpty() && (known.contains(said) || known.contains(once(withoutPoliteness(said))));
    }

    /// `s t o p`, as `S.T.O.P` is folded, is `stop`.
    private static String unspelled(String said) {
        return SPELLED.matcher(said).matches() ? said.replace(" ", "") : said;
    }

    private static String withoutPoliteness(String said) {
        Optional<String> less = POLITE.stream()
                .filter(word -> said.startsWith(word + " ") || said.endsWith(" " + word))
                .max(Comparator.comparingInt(String::length))
                .map(word -> said.startsWith(word + " ")
                        ? said.substring(word.length() + 1)
                        : said.substring(0, said.length() - word.length() - 1));
        return less.map(OptOutWords::withoutPoliteness).orElse(said);
    }

    /// `stop stop` is `stop`.
    private static String once(String said) {
        Matcher again = AGAIN.matcher(said);
        return again.matches() ? again.group(1) : said;
    }

    static Set<String> folded(List<String> words) {
        return FOLDED.get(words, all -> all.stream().map(OptOutWords::folded).collect(Collectors.toUnmodifiableSet()));
    }

    /// Returns a word as words are compared.
    static String folded(String text) {
        var plain = new StringBuilder();
        UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .chars()
                .forEach(letter -> plain.append(FORMS.getOrDefault((char) letter, String.valueOf((char) letter))));
        String bare = UNSEEN.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD))
                .replaceAll("");
        return BETWEEN.matcher(bare).replaceAll(" ").strip();
    }
}
