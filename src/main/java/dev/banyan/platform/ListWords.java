package dev.banyan.platform;

import module java.base;

/// The words of lists that come from elsewhere, in the languages of their writers: what they call the columns of
/// people and links, what is in them, and how they say yes and no.
public final class ListWords {

    /// What a column of usernames is called, the best names first.
    public static final String USERNAMES = "username, user, login, login name, logon name, user login, user name,"
            + " sAMAccountName, uid, account, account name, Benutzername, Benutzer, Nutzername, Anmeldename,"
            + " Benutzerkennung, nom d'utilisateur, utilisateur, identifiant, nombre de usuario, usuario, nome de usuário,"
            + " usuário, nome de utilizador, utilizador, nome utente, utente, gebruikersnaam, gebruiker,"
            + " nazwa użytkownika, użytkownik, kullanıcı adı, kullanıcı, имя пользователя, пользователь, логин,"
            + " ім'я користувача, uživatelské jméno, uživatel, felhasználónév, användarnamn, brugernavn, brukernavn,"
            + " nume de utilizator, όνομα χρήστη, שם משתמש, ユーザー名, 用户名, 使用者名稱, 사용자 이름,"
            + " اسم المستخدم, المستخدم, نام کاربری, käyttäjätunnus, käyttäjänimi, nama pengguna, tên đăng nhập,"
            + " tên người dùng, ชื่อผู้ใช้, nom d'usuari, korisničko ime, корисничко име, používateľské meno, потребителско име, uporabniško ime,"
            + " lietotājvārds, naudotojo vardas, vartotojo vardas, kasutajanimi, notandanafn, उपयोगकर्ता नाम, صارف نام,"
            + " jina la mtumiaji, "
            + principals();

    /// What a column of email addresses is called, the best names first.
    public static final String EMAILS =
            "email, email address, mail, mail address, primary email, user email, work email,"
                    + " email id, E-Mail-Adresse, Mailadresse, E-Mail-Anschrift, adresse email, adresse mail, adresse électronique,"
                    + " courriel, correo, correo electrónico, dirección de correo, dirección de correo electrónico, endereço de"
                    + " email, correio eletrónico, correio eletrônico, indirizzo email, posta elettronica, indirizzo di posta"
                    + " elettronica, emailadres, adres email, poczta, e-posta, e-posta adresi, eposta,"
                    + " почта, электронная почта, адрес электронной почты, эл. почта, електронна пошта, e-mailová adresa,"
                    + " email cím, e-postadress, e-mailadresse, e-postadresse, adresă de email, διεύθυνση email, דואר אלקטרוני,"
                    + " אימייל, メール, メールアドレス, 电子邮件, 邮箱, 電子郵件, 이메일, البريد الإلكتروني, البريد, ایمیل,"
                    + " adresse courriel, adresse de courriel, adresse de messagerie, sähköposti, sähköpostiosoite, surel,"
                    + " alamat email, địa chỉ email, อีเมล, correu electrònic, e-pošta, е-пошта, имейл,"
                    + " e-post, e-mel, el. paštas, e-pasts, netfang, ईमेल, ای میل, barua pepe, "
                    + principals()
                    + ", upn";

    /// What a column of phone numbers is called.
    public static final String PHONES =
            "phone, phone number, number, mobile, mobile number, mobile phone, cell, cell phone,"
                    + " cellphone, tel, telephone, telephone number, whatsapp, whatsapp number, contact number, msisdn,"
                    + " primary phone, phone 1 - value, Telefon, Telefonnummer, Handy, Handynummer, Mobil, Mobilnummer,"
                    + " Mobiltelefon, Rufnummer, téléphone, numéro de téléphone, portable, mobile phone number, teléfono, número de teléfono,"
                    + " móvil, celular, telefone, número de telefone, telemóvel, telefono, numero di telefono, cellulare,"
                    + " telefoon, telefoonnummer, mobiel, telefonnummer, numer telefonu, telefon komórkowy, telefon numarası, cep"
                    + " telefonu, телефон, номер телефона, мобильный, номер телефону, telefonní číslo, telefonszám, τηλέφωνο,"
                    + " טלפון, 電話番号, 电话, 手机, 手机号, 電話, 전화번호, الهاتف, رقم الهاتف, الجوال, رقم الجوال, واتساب";

    /// What a column of people’s names is called.
    public static final String NAMES = "name, full name, display name, contact name, customer name, Vollständiger Name,"
            + " Anzeigename, nom, nom complet, nombre, nombre completo, nome, nome completo, naam, volledige naam, imię i"
            + " nazwisko, ad soyad, isim, имя, фио, ім'я, jméno, név, namn, navn, nume, όνομα, שם, 名前, 氏名, 姓名, 이름,"
            + " الاسم";

    /// What a column of the addresses that links lead to is called.
    public static final String TARGETS =
            "target, long url, destination url, deep link, destination, original url, target url, link url, full url, full link,"
                    + " long link, redirect url, redirect to, redirect, source url, target link, original link, final url,"
                    + " landing page, web address, website, url, Ziel, Ziel-URL, Zieladresse, Ziel-Link, Zielseite, lange URL,"
                    + " Original-URL, Webadresse, Internetadresse, Weiterleitung, URL de destination, URL cible, cible,"
                    + " URL longue, lien long, URL d'origine, lien d'origine, lien de destination, adresse web, destino,"
                    + " URL de destino, enlace de destino, URL larga, enlace largo, URL original, enlace original,"
                    + " dirección web, link de destino, URL longa, link longo, link original, destinazione,"
                    + " URL di destinazione, URL lungo, URL originale, link originale, doel, doel-URL, bestemming, doeladres,"
                    + " oorspronkelijke URL, cel, docelowy URL, adres docelowy, adres URL, hedef, hedef URL, целевой URL,"
                    + " целевая ссылка, длинная ссылка, исходная ссылка, الوجهة, رابط الوجهة, الرابط الأصلي, الرابط الطويل,"
                    + " 网址, 原始链接, 长链接, 目标链接, 目标网址, 元のURL, リンク先, リンク先URL, 원본 URL";

    /// What a column of such addresses is called that can be one of short links as well.
    public static final String LINKS = "link, Verknüpfung, lien, enlace, vínculo, collegamento,"
            + " hiperligação, koppeling, odnośnik, odkaz, länk, bağlantı, σύνδεσμος, ссылка, посилання, رابط, الرابط,"
            + " קישור, 链接, 連結, リンク, 링크, address, Adresse, dirección, endereço, indirizzo, adres, адрес";

    /// What a column of the titles of links is called, the best names first.
    public static final String TITLES =
            "title, name, link name, link title, description, note, notes, Titel, Name, Bezeichnung, Beschreibung,"
                    + " titre, nom, título, nombre, nome, titolo, naam, tytuł, nazwa, başlık, название, заголовок, имя,"
                    + " العنوان, الاسم, 标题, 標題, 名称, タイトル, 名前, 제목, 이름, כותרת, שם";

    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{Nd}]");

    private static final Set<String> YES = of(
            "true, yes, y, t, 1, on, active, enabled, live, wahr, ja, j, aktiv, an, ein,"
                    + " aktiviert, vrai, oui, o, actif, activé, verdadero, sí, s, activo, activado, habilitado, sim, verdadeiro,"
                    + " ativo, ativado, vero, attivo, attivato, waar, actief, prawda, tak, aktywny, doğru, evet, aktif, açık,"
                    + " истина, да, активен, так, ano, aktivní, igen, aktív, da, activ, ναι, כן, はい, 是, 예, نعم, نشط, مفعل");
    private static final Set<String> NO =
            of("false, no, n, f, 0, off, inactive, disabled, paused, archived, falsch, nein,"
                    + " inaktiv, aus, deaktiviert, faux, non, inactif, désactivé, falso, inactivo, desactivado, deshabilitado,"
                    + " não, inativo, desativado, disattivo, disattivato, inattivo, onwaar, nee, inactief, fałsz, nie,"
                    + " nieaktywny, yanlış, hayır, pasif, kapalı, ложь, нет, неактивен, ні, ne, neaktivní, nem, inaktív, nu,"
                    + " inactiv, όχι, לא, いいえ, 否, 아니요, لا, غير نشط, معطل");

    /// Which of the columns of a person’s phone numbers is on WhatsApp most likely, by a word in its name.
    public static final List<Set<String>> PHONE_KINDS = List.of(
            of("whatsapp, واتساب, wa, wsp"),
            of(
                    "mobile, mobilephone, cell, cellphone, cellular, gsm, Handy, Handynummer, Mobil, Mobiltelefon, Mobilnummer,"
                            + " Mobilfunk, portable, móvil, celular, telemóvel, cellulare, mobiel, mobilni, komórkowy, komórka, cep,"
                            + " мобильный, мобільний, сотовый, matkapuhelin, טלפון נייד, נייד, 手机, 手机号, 手機, 携帯, 携帯電話,"
                            + " 휴대폰, 휴대전화, الجوال, جوال, موبايل, المحمول"),
            of(
                    "phone, phones, telephone, tel, msisdn, sms, telefon, telefonnummer, téléphone, teléfono, telefone, telefono,"
                            + " telefoon, telefoonnummer, телефон, telefonszám, τηλέφωνο, טלפון, 電話, 电话, 전화, الهاتف, هاتف,"
                            + " puhelin, puhelinnumero, telepon, điện, fono"));

    /// What such a column’s name says that has something else about phones.
    public static final Set<String> NO_PHONES = of(
            "type, label, country, code, ext, extension, fax, pager, model, brand,"
                    + " carrier, provider, consent, opt, optin, optout, status, verified, valid, date, time, count, note, notes, Typ,"
                    + " tipo, código, codigo, país, pays, indicatif, Land, Vorwahl, modelo, modèle, Modell, marca, marque, Marke");

    /// With a name before it.
    private static final int LONGEST_EMAIL = 1_000;
    /// `Anna <anna@example.com>`, as mail programs copy it.
    private static final Pattern NAMED = Pattern.compile("[^<>]*<\\s*([^<>\\s]+@[^<>\\s]+)\\s*>[\\s,;]*");

    private static final Pattern UNSEEN =
            Pattern.compile("^[\\p{Z}\\p{Cf}]+|[\\p{Z}\\p{Cf}]+$|[\\u200b\\u2060\\ufeff\\u00ad]");

    private ListWords() {}

    /// Returns the email address in a cell: without the name before it, and with the host as DNS knows it. What is no
    /// address stays as it is.
    public static String email(String cell) {
        if (cell.length() > LONGEST_EMAIL) {
            return cell;
        }
        String seen = UNSEEN.matcher(cell).replaceAll("");
        Matcher named = NAMED.matcher(seen);
        return Idna.email((named.matches() ? named.group(1) : seen).replaceFirst("(?i)^mailto:", ""));
    }

    /// Microsoft's name for the address with which a person signs in.
    private static String principals() {
        return "userPrincipalName, Benutzerprinzipalname, nom d'utilisateur principal, nom principal de l'utilisateur,"
                + " nombre principal de usuario, nome principal do usuário, nome principal do utilizador,"
                + " nome dell'entità utente, nome entità utente, nome principale utente, principal-naam van gebruiker,"
                + " główna nazwa użytkownika, kullanıcı asıl adı, имя участника-пользователя, имя субъекта-пользователя,"
                + " hlavní název uživatele, egyszerű felhasználónév, användarens huvudnamn, brugerens hovednavn,"
                + " brukerhovednavn, nume principal de utilizator, اسم المستخدم الأساسي, 用户主体名称, 使用者主體名稱,"
                + " ユーザー プリンシパル名, 사용자 계정 이름";
    }

    /// Returns the words of a text, which are separated by commas, as [#bare] makes them, in their order.
    public static Set<String> of(String text) {
        return Stream.of(text.split(",")).map(ListWords::bare).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Returns the words in the name of a column, as [#bare] makes them: `MobilePhone` has three.
    public static Set<String> wordsIn(String name) {
        return Stream.of(name.split("[^\\p{L}\\p{M}]+"))
                .flatMap(word -> Stream.concat(Stream.of(word), Stream.of(word.split("(?<=\\p{Ll})(?=\\p{Lu})"))))
                .map(ListWords::bare)
                .collect(Collectors.toSet());
    }

    /// Returns the letters and digits of a word, in lower case and without accents.
    public static String bare(String word) {
        return NEITHER_LETTER_NOR_DIGIT
                .matcher(Normalizer.normalize(word, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace('ı', 'i');
    }

    /// Returns what a cell says; empty if it is neither yes nor no.
    public static Optional<Boolean> yesOrNo(String cell) {
        String word = bare(cell.strip().replaceFirst("(?<=^[01])[.,]0+$", "")); // 1.0, as some programs write it
        return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
    }
}
