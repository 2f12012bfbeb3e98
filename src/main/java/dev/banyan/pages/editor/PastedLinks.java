package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.pages.LinkAddresses;
import dev.banyan.pages.LinkChange;
import dev.banyan.pages.LinkStep;
import dev.banyan.pages.Links;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.ListWords;
import dev.banyan.platform.WebAddresses;

/// Links pasted as text: a title and an address in a line, in either order; an address alone; or a title and its
/// address on two lines. Addresses are those that the field for one link takes.
///
/// @param lines those that are not blank; two that make one link count as the first
record PastedLinks(List<Line> lines) {

    static final int MOST = Links.MOST_IN_A_BATCH;

    private static final Set<String> TITLES = ListWords.of(ListWords.TITLES);
    private static final Set<String> TARGETS = ListWords.of(ListWords.TARGETS + "," + ListWords.LINKS);

    private static final int LONGEST_LINE = 5_000;
    /// Bullets, numbers, boxes, and signs of headings and quotes in front of a line.
    private static final Pattern BULLET = Pattern.compile(
            "^(?:(?:[-*+>•·▪‣–—☐☑]|#{1,6}|\\[[ x]?]|\\(?\\d{1,3}[.)])(?:\\s+|(?=[a-z]+://)))+",
            Pattern.CASE_INSENSITIVE);

    /// Links in the markup of web pages, Markdown, forums, chats, wikis and spreadsheets, and addresses in quotes.
    private static final List<Pattern> MARKUP = Stream.of(
                    "<a\\s[^>]*?href\\s*=\\s*[\"']?(?<url>[^\"'\\s>]+)[^>]*>(?<title>.*?)(?:</a>|$)",
                    "!?\\[(?<title>[^\\]]*)]\\(<?(?<url>(?:[^\\s()<>]|\\([^\\s()]*\\))+)>?(?:\\s+\"[^\"]*\")?\\)",
                    "\\[url=[\"']?(?<url>[^\\]\"'\\s]+)[\"']?](?<title>.*?)\\[/url]",
                    "<(?<url>(?:https?://|mailto:|tel:)[^|>\\s]+)\\|(?<title>[^>]*)>",
                    "\\[\\[?(?<url>https?://[^\\]\\s|]+)(?:]\\[|[|\\s])(?<title>[^\\]]*)]]?",
                    "\\[(?<title>[^\\[\\]|]+)\\|(?<url>(?:https?://|mailto:)[^\\]|\\s]+)[^\\]]*]",
                    "=HYPERLINK\\(\"(?<url>[^\"]+)\"\\s*[,;]\\s*\"(?<title>[^\"]*)\"\\)",
                    "(?<title>)'(?<url>https?://[^'\\s]+)'")
            .map(link -> Pattern.compile(link, Pattern.CASE_INSENSITIVE))
            .toList();
    /// Not an address in angle brackets.
    private static final Pattern TAG = Pattern.compile("</?[a-z][a-z0-9]*(?:\\s[^>]*)?/?>", Pattern.CASE_INSENSITIVE);

    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
    /// `"Title","https://example.com"`
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"\\s*[,;\\t]\\s*\"?([^\"]*)\"?");
    private static final Pattern CELLS = Pattern.compile("\\s*[\\t;|]\\s*");
    private static final Pattern COMMAS = Pattern.compile("\\s*,\\s*");
    private static final Pattern PHONE_LAST =
            Pattern.compile("(.*?[^+0-9().\\s-]?)[\\s:|–—-]*(\\+[0-9][0-9 ().-]{3,30})");
    private static final Pattern PHONE_FIRST =
            Pattern.compile("(\\+[0-9][0-9 ().-]{3,30})(?<=[0-9)])[\\s:|–—-]+(\\D.*)");
    private static final Pattern AROUND =
            Pattern.compile("^[\\s:|–—,;\"“”<=→⇒➔➜➡»›·•/：｜，、…\\uFE0F-]+|[\\s:|–—,;\"“”>=→⇒➔➜➡»›·•/：｜，、…（\\uFE0F-]+$");
    /// An address with its scheme, which may have commas, semicolons and brackets in it.
    private static final Pattern FULL = Pattern.compile(
            "(?<![a-z0-9+])(?:(?:facetime-audio|[a-z][a-z0-9+]{0,20})://|mailto:|geo:)(?:(?![,;]https?://)[^\\s|<>\"“”])+",
            Pattern.CASE_INSENSITIVE);

    /// A title right behind an address, as in a file with commas: `https://example.com,Our shop`.
    private static final Pattern TITLE_BEHIND = Pattern.compile("[,;](?=[\\p{Lu}\\p{Lt}\\p{Lo}][\\p{L}\\p{M}'’-]*$)");

    private static final Pattern HOST =
            Pattern.compile("[^\\s:/?#@.,]+(\\.[^\\s:/?#@.,]+)*\\.\\p{L}{2,}([/?#].*|:(?!//).*)?");
    private static final Pattern SCHEME = Pattern.compile(
            "[a-z][a-z0-9+]{1,20}://[^|]*|(?:mailto|tel|sms|smsto|geo|facetime|facetime-audio):.+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MAIL = Pattern.compile("[^\\s:/@]+@[^\\s:/@]+\\.[^\\s:/@]+");

    /// @param number of the line in the text, from 1
    /// @param error why it can't be added; empty if it can
    record Line(int number, String title, String url, String error) {
        public boolean good() {
            return error.isEmpty();
        }
    }

    /// What a line says; one or the other may be empty.
    private record Said(int number, String title, String address) {

        boolean isTitle() {
            return address.isEmpty();
        }

        boolean isAddress() {
            return title.isEmpty();
        }
    }

    static PastedLinks of(String text) {
        return new PastedLinks(table(text).orElseGet(() -> joined(said(text))).stream()
                .map(PastedLinks::line)
                .toList());
    }

    /// Reads a list whose first line names its columns, as other programs export it.
    private static Optional<List<Said>> table(String text) {
        var columns = new ArrayList<List<String>>();
        var said = new ArrayList<Said>();
        Optional<String> broken = CsvText.of(text)
                .table(
                        "Not a table",
                        names -> {
                            columns.add(Stream.of(TITLES, TARGETS)
                                    .flatMap(words -> names.stream()
                                            .filter(name -> words.contains(ListWords.bare(name)))
                                            .limit(1))
                                    .toList());
                            return columns.size() == 1 && columns.getFirst().size() == 2
                                    ? Optional.empty()
                                    : Optional.of("Lines without a header");
                        },
                        line -> {
                            List<String> both = columns.getFirst();
                            said.add(new Said(line.number(), line.get(both.getFirst()), line.get(both.getLast())));
                            return Optional.empty();
                        });
        return Optional.of(said)
                .filter(lines -> broken.isEmpty() && !lines.isEmpty())
                .map(List::copyOf);
    }

    private static List<Said> said(String text) {
        var said = new ArrayList<Said>();
        String[] all = text.split("\\R", -1);
        for (int i = 0; i < all.length; i++) {
            if (!all[i].isBlank()) {
                said.addAll(said(i + 1, all[i]));
            }
        }
        return said;
    }

    /// Joins titles with the addresses on the line below; or above, if the text begins with an address and has both in
    /// turn.
    private static List<Said> joined(List<Said> said) {
        boolean addressFirst = said.size() > 1
                && said.size() % 2 == 0
                && IntStream.range(0, said.size())
                        .allMatch(i -> i % 2 == 0
                                ? said.get(i).isAddress()
                                : said.get(i).isTitle());
        var joined = new ArrayList<Said>();
        for (int i = 0; i < said.size(); i++) {
            Said first = said.get(i);
            Optional<Said> second =
                    Optional.of(i + 1).filter(next -> next < said.size()).map(said::get);
            boolean pair = second.filter(next ->
                            addressFirst ? first.isAddress() && next.isTitle() : first.isTitle() && next.isAddress())
                    .isPresent();
            if (pair) {
                Said next = second.orElseThrow();
                joined.add(new Said(first.number(), first.title() + next.title(), first.address() + next.address()));
                i++;
            } else {
                joined.add(first);
            }
        }
        return joined;
    }

    private static Line line(Said said) {
        if (said.isTitle()) {
            return new Line(
                    said.number(),
                    said.title(),
                    "",
                    "This line has no URL, email address or phone number with + and its country code. Add one at its end.");
        }
        String full = LinkAddresses.withScheme(said.address());
        String title = said.isAddress() ? titleOf(full) : said.title();
        Optional<Invalid> invalid = LinkChange.broken(title, full).stream().findFirst();
        return new Line(
                said.number(), title, full, invalid.map(Invalid::userMessage).orElse(""));
    }

    /// Returns what visitors see of an address; the address itself, if it is a wrong one.
    private static String titleOf(String url) {
        return LinkAddresses.broken(url).isPresent() ? url : LinkAddresses.shown(LinkAddresses.clean(url));
    }

    private static List<Said> said(int number, String typed) {
        String text = WebAddresses.seen(typed).replaceAll("[\\p{Zs}&&[^ ]]", " ");
        return text.length() > LONGEST_LINE
                ? List.of(new Said(number, text, ""))
                : BOLD.matcher(withoutMarkup(text))
                        .replaceAll("$1")
                        .lines()
                        .map(part -> BULLET.matcher(part.strip()).replaceFirst(""))
                        .filter(part -> !trimmed(part).isEmpty())
                        .flatMap(part -> ofPart(number, part).stream())
                        .toList();
    }

    /// Returns titles with the addresses behind them, one to a line; what follows the last one stays behind it.
    private static String withoutMarkup(String text) {
        String plain = text;
        for (Pattern link : MARKUP) {
            String parted = link.matcher(plain).replaceAll(found -> {
                String title = found.group("title");
                return Matcher.quoteReplacement((title.contains("://") ? "" : title + " ") + found.group("url") + "\n");
            });
            int last = parted.lastIndexOf('\n');
            plain = last < 0 ? parted : parted.substring(0, last) + " " + parted.substring(last + 1);
        }
        return TAG.matcher(plain).find() || !plain.equals(text) ? words(plain) : plain;
    }

    private static List<Said> ofPart(int number, String text) {
        if (isAddress(ended(text))) {
            return List.of(new Said(number, "", ended(text)));
        }
        List<Said> full = ofFull(number, text);
        if (!full.isEmpty()) {
            return full;
        }
        List<Said> cells = ofCells(number, text);
        return !cells.isEmpty()
                ? cells
                : List.of(ofWords(number, text)
                        .or(() -> ofPhone(number, text))
                        .orElseGet(() -> new Said(number, trimmed(text), "")));
    }

    /// Finds addresses with their schemes, of which a line may have several, each before or behind its title.
    private static List<Said> ofFull(int number, String text) {
        List<MatchResult> found = FULL.matcher(text).results().toList();
        var said = new ArrayList<Said>();
        boolean titleFirst = !found.isEmpty()
                && !trimmed(text.substring(0, found.getFirst().start())).isEmpty();
        for (int i = 0; i < found.size(); i++) {
            MatchResult here = found.get(i);
            int before = i == 0 ? 0 : found.get(i - 1).end();
            int after = i + 1 == found.size() ? text.length() : found.get(i + 1).start();
            boolean last = after == text.length();
            String front = trimmed(text.substring(before, here.start()).replaceFirst("[(\\[\\s]+$", ""));
            String behind = text.substring(here.end(), after);
            Matcher cut = TITLE_BEHIND.matcher(here.group());
            if (titleFirst) {
                String rest = last ? trimmed(behind) : "";
                said.add(new Said(number, rest.isEmpty() ? front : front + " – " + rest, ended(here.group())));
            } else if (!behind.isBlank() && cut.find()) {
                String title = here.group().substring(cut.end()) + behind;
                said.add(new Said(number, trimmed(title), here.group().substring(0, cut.start())));
            } else {
                said.add(new Said(number, trimmed(behind), ended(here.group())));
            }
        }
        return said;
    }

    /// Returns an address without the signs that end a sentence; a bracket belongs to it that it has opened.
    private static String ended(String address) {
        String ended = address.replaceFirst("^[<(\"“「『【（]+", "");
        int end = ended.length();
        while (end > 0 && (".,;>\"”。、，；！？」』】".indexOf(ended.charAt(end - 1)) >= 0 || isLoneBracket(ended, end))) {
            end--;
        }
        return ended.substring(0, end);
    }

    private static boolean isLoneBracket(String text, int end) {
        int kind = ")]）".indexOf(text.charAt(end - 1));
        return kind >= 0 && count(text, end, ")]）".charAt(kind)) > count(text, end, "([（".charAt(kind));
    }

    private static long count(String text, int end, char sign) {
        return text.chars().limit(end).filter(one -> one == sign).count();
    }

    private static String words(String html) {
        return TAG.matcher(html)
                .replaceAll("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .strip();
    }

    /// Finds the address among cells, as copied from a table or a file.
    private static List<Said> ofCells(int number, String text) {
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return ofCells(number, List.of(quoted.group(1), quoted.group(2)), "");
        }
        List<Said> cells = ofCells(number, cells(CELLS, text), " – ");
        return cells.isEmpty() ? ofCells(number, cells(COMMAS, text), ", ") : cells;
    }

    private static List<String> cells(Pattern separator, String text) {
        return separator
                .splitAsStream(text)
                .map(PastedLinks::trimmed)
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    private static List<Said> ofCells(int number, List<String> cells, String joint) {
        List<String> addresses = cells.stream().filter(PastedLinks::isAddress).toList();
        List<String> titles = cells.stream().filter(cell -> !isAddress(cell)).toList();
        return titles.isEmpty() || addresses.size() == 1
                ? addresses.stream()
                        .map(address -> new Said(number, String.join(joint, titles), address))
                        .toList()
                : List.of();
    }

    /// Finds the address at the end, or at the beginning.
    private static Optional<Said> ofWords(int number, String text) {
        int last = lastBlank(text);
        String end = ended(text.substring(last + 1));
        if (isAddress(end)) {
            return Optional.of(new Said(number, trimmed(text.substring(0, Math.max(last, 0))), end));
        }
        String[] parts = text.split("\\s+", 2);
        String start = ended(parts[0]);
        return parts.length == 2 && isAddress(start)
                ? Optional.of(new Said(number, trimmed(parts[1]), start))
                : Optional.empty();
    }

    /// Finds a phone number, which may have blanks in it.
    private static Optional<Said> ofPhone(int number, String text) {
        Matcher last = PHONE_LAST.matcher(text);
        if (last.matches()) {
            return Optional.of(new Said(number, trimmed(last.group(1)), last.group(2)));
        }
        Matcher first = PHONE_FIRST.matcher(text);
        return first.matches()
                ? Optional.of(new Said(number, trimmed(first.group(2)), first.group(1)))
                : Optional.empty();
    }

    private static String trimmed(String text) {
        return AROUND.matcher(text).replaceAll("").replaceAll("\\s*\\t\\s*", " – ");
    }

    private static int lastBlank(String text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAddress(String words) {
        boolean one = words.chars().noneMatch(Character::isWhitespace);
        return one
                        && (SCHEME.matcher(words).matches()
                                || MAIL.matcher(words).matches()
                                || HOST.matcher(words).matches())
                || LinkAddresses.withScheme(words).startsWith("tel:");
    }

    long broken() {
        return lines.stream().filter(line -> !line.good()).count();
    }

    List<LinkStep> steps() {
        return lines.stream()
                .<LinkStep>map(line -> new LinkStep.Add(LinkChange.plain(line.title(), line.url())))
                .toList();
    }
}
