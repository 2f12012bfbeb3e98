package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.ListWords;

/// The columns of a list of short links: those of our own lists, and what Bitly, Dub, Kutt, Shlink, YOURLS and others
/// call the same in theirs.
///
/// @param own whether all names are those of our lists
/// @param byMeaning the names in the list, in the order in which the first that has something counts
/// @param ours the names in the list of columns of ours, which a person may write as `Click limit`
/// @param leftOut names that mean nothing here
record ListColumns(boolean own, Map<Meaning, List<String>> byMeaning, Map<String, String> ours, List<String> leftOut) {

    /// The short address beside the column of a target; the target itself where there's no other (Firebase).
    private static final Set<String> LINKS = ListWords.of(ListWords.LINKS);

    /// What only lists from elsewhere have, or have in another form, under the names that programs and people give it
    /// ([ListWords#bare]: one program writes `Long URL`, another `long_url`, a third `longUrl`).
    enum Meaning {
        TARGET(ListWords.TARGETS),
        SLUG(
                "slug, slashtag, custom slug, short url ending, link ending, url ending, key, keyword, short code, short id, back half, custom back half, alias, path,"
                        + " hash, Kürzel, Kurzcode, Kurzname, Pfad, chemin, code court, código corto, ruta, código curto, caminho,"
                        + " codice breve, percorso, kod, ścieżka"),
        /// The whole short address, whose last part is the slug.
        ADDRESS(
                "custom bitlink, bitlink, bitlinks, short link, short links, short url, shortened link, shortened url, tiny url, branded link,"
                        + " short address, new url, snip, snip url, ow.ly url, tracking link, tracking url, tracked link, Kurzlink, Kurz-URL, kurze URL, kurzer Link, Kurzadresse, Short-Link,"
                        + " lien court, lien raccourci, URL courte, URL raccourcie, enlace corto, enlace acortado, URL corta,"
                        + " URL acortada, link curto, link encurtado, URL curta, URL encurtada, link breve, link corto, URL breve,"
                        + " URL abbreviato, korte link, korte URL, verkorte link, krótki link, skrócony link, krótki URL, kısa link,"
                        + " kısa URL, короткая ссылка, короткий URL, الرابط القصير, الرابط المختصر, رابط قصير, 短链接, 短网址,"
                        + " 短縮URL, ショートリンク, 단축 URL"),
        TITLE(ListWords.TITLES),
        TAGS("tags, tag, labels, tag names, Schlagwörter, Schlagworte, Etiketten, étiquettes, mots-clés, etiquetas,"
                + " marcadores, etichette, etykiety, etiketler, метки, теги, الوسوم"),
        CLICKS(
                "clicks, total clicks, clicks and scans, link clicks, total hits, engagements, total engagements, visits, visit count, visits count, click count,"
                        + " clicks total, total visits, scans, total scans, hits, Klicks, Klicks gesamt, Aufrufe, clics, clics"
                        + " totaux, clics totales, visitas, visites, cliques, total de cliques, clic, clic totali, visite, klikken,"
                        + " kliknięcia, tıklamalar, клики, переходы, النقرات"),
        CREATED(
                "created, created at, created on, created date, create time, date created, creation date, timestamp, date,"
                        + " Erstellt, Erstellt am, Erstellungsdatum, Datum, date de création, créé le, créé, fecha de creación,"
                        + " creado, creado el, fecha, data de criação, criado em, criado, data di creazione, creato il, creato,"
                        + " data, aangemaakt, aangemaakt op, aanmaakdatum, utworzono, data utworzenia, oluşturulma tarihi,"
                        + " дата создания, создано, дата, تاريخ الإنشاء, التاريخ"),
        STARTS(
                "starts at, starts on, start date, start, start time, activation date, active since, available from, valid after, Beginn, début, inicio, início, inizio, valid from, valid since, meta valid since, active from, gültig ab, gültig von,"
                        + " Startdatum, date de début, fecha de inicio, data de início, data di inizio"),
        ENDS(
                "ends at, ends on, end date, end, end time, expires date, expire on, expiration at, valid till, available until, Ende, fin, fim, fine, active until, meta valid until, expire at, expire at datetime, expires at datetime, expiry date time, expires, expire in, expires in,"
                        + " expires at, expires on, expired at, expire date, expiry, expiry date, expiration, expiration date,"
                        + " expiration time, valid until, Ablauf, Ablaufdatum, läuft ab, läuft ab am, gültig bis, Enddatum,"
                        + " date d'expiration, expire le, date de fin, fecha de caducidad, fecha de vencimiento, caduca, caduca el,"
                        + " vence, vence el, fecha de fin, data de expiração, data de validade, expira em, data di scadenza,"
                        + " scadenza, scade il, vervaldatum, data wygaśnięcia, son kullanma tarihi, срок действия, تاريخ الانتهاء"),
        ENABLED(
                "enabled, is enabled, is active, status, state, link status, aktiv, aktiviert, actif, activé, estado, activo, ativo,"
                        + " attivo, stato, statut, actief"),
        DISABLED(
                "disabled, is disabled, banned, is banned, blocked, is blocked, archived, is archived, deleted, is deleted, paused, disabled at, blocked at, archived at, deleted at, deactivated at, deaktiviert, archiviert,"
                        + " désactivé, archivé, desactivado, archivado, desativado, arquivado, disattivato, archiviato"),
        /// Where the link leads after its end.
        FALLBACK("expired url, expired redirect url, expiration redirect, expiration url, fallback url"),
        /// After how many clicks a link ends.
        LIMIT(
                "max visits, meta max visits, maximum visits, visit limit, visits limit, max clicks, maximum clicks, clicks limit,"
                        + " usage limit, Klicklimit, limite de clics, límite de clics, limite de cliques, limite di clic"),
        FORWARDS("forward parameters, param forwarding, parameter forwarding, query forwarding, forward query params,"
                + " pass query params"),
        /// A password, or whether there is one.
        LOCKED(
                "password, has password, password protected, is password protected, secret key, Passwort, Kennwort, mot de passe,"
                        + " contraseña, senha, wachtwoord, hasło, şifre, пароль, كلمة المرور");

        private final Set<String> names;

        Meaning(String names) {
            this.names = ListWords.of(names);
        }
    }

    /// @param all names, in lower case
    static ListColumns of(List<String> all) {
        List<String> names = all.getFirst().equals(RefusedLines.WHY) ? all.subList(1, all.size()) : all;
        boolean own = names.stream().allMatch(ShortLinkCsv.NAMES_AND_TOLD::contains);
        boolean linkIsTarget = names.stream().map(ListWords::bare).noneMatch(Meaning.TARGET.names::contains);
        var byMeaning = new EnumMap<Meaning, List<String>>(Meaning.class);
        for (Meaning meaning : Meaning.values()) {
            Stream<String> called = meaning == Meaning.TARGET && linkIsTarget
                    ? LINKS.stream()
                    : meaning == Meaning.ADDRESS && !linkIsTarget
                            ? Stream.concat(meaning.names.stream(), LINKS.stream())
                            : meaning.names.stream();
            byMeaning.put(meaning, called.flatMap(name -> written(name, names)).toList());
        }
        var ours = new HashMap<String, String>();
        ShortLinkCsv.NAMES_AND_TOLD.forEach(
                name -> written(ListWords.bare(name), names).limit(1).forEach(as -> ours.put(name, as)));
        Set<String> known = Stream.concat(byMeaning.values().stream().flatMap(List::stream), ours.values().stream())
                .collect(Collectors.toSet());
        return new ListColumns(
                own,
                byMeaning,
                ours,
                names.stream()
                        .filter(name -> !name.isEmpty() && !known.contains(name))
                        .distinct()
                        .toList());
    }

    private static Stream<String> written(String name, List<String> names) {
        return names.stream().filter(one -> name.equals(ListWords.bare(one)));
    }

    boolean has(Meaning meaning) {
        return !byMeaning.getOrDefault(meaning, List.of()).isEmpty();
    }

    /// Returns the first cell of a line with this meaning that isn't empty.
    String get(Meaning meaning, UnaryOperator<String> cell) {
        return byMeaning.getOrDefault(meaning, List.of()).stream()
                .map(cell)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// Returns the cell of a column of ours; empty if the list has none.
    String get(String ours, UnaryOperator<String> cell) {
        return cell.apply(this.ours.getOrDefault(ours, ours));
    }

    /// Returns the name of the column from which [#get] reads.
    String name(Meaning meaning, UnaryOperator<String> cell) {
        return byMeaning.getOrDefault(meaning, List.of()).stream()
                .filter(name -> !cell.apply(name).isEmpty())
                .findFirst()
                .orElse("");
    }
}
