package dev.banyan.platform;

import module java.base;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

/// Lines that a person pasted or uploaded: separated by commas, by semicolons, or by tabs as spreadsheets copy them. A
/// first line that names the columns is optional.
///
/// @param lines the fields of each line by column; missing ones are empty
/// @param leftOut the columns that mean nothing here, as the first line names them
public record RowList(List<Map<String, String>> lines, List<String> leftOut) {

    /// Bytes of a list.
    public static final int LARGEST = 512 * 1024;

    private static final Set<String> NAMES = ListWords.of("name, workspace, workspace name, brand name, display name,"
            + " company name, client name, customer name, business name, organization name, organi-sation name, account"
            + " name, full name, Firmenname, Kundenname, Markenname, Anzeigename, nom de l'entreprise, nom du client,"
            + " nom affiché, nombre de la empresa, nombre del cliente, nome da empresa, nome do cliente, nome azienda,"
            + " nome cliente, ragione sociale, bedrijfsnaam, klantnaam, nazwa firmy, şirket adı, название компании,"
            + " اسم الشركة, اسم العميل, الاسم");
    private static final Set<String> MAY_BE_NAMES = ListWords.of("company, client, customer, business, organization,"
            + " organi-sation, brand, account, Firma, Kunde, Marke, Unternehmen, entreprise, société, client, marque, nom,"
            + " empresa, cliente, nombre, marca, nome, azienda, bedrijf, klant, naam, nazwa, şirket, ad, компания,"
            + " название, имя, الشركة, العميل");
    private static final Set<String> EMAILS =
            ListWords.of(ListWords.EMAILS + ", admin email, admin’s email, admin, contact email");
    private static final Set<String> USERNAMES = ListWords.of(ListWords.USERNAMES);
    private static final Set<String> WITH_NAMES = ListWords.of("email, username, website, web site, web, url, domain,"
            + " phone, phone number, telephone, mobile, address, city, country, contact, notes, industry, Webseite,"
            + " Telefon, Adresse, Stadt, Land, site web, téléphone, ville, pays, sitio web, teléfono, ciudad, país, site,"
            + " telefone, cidade, sito web, telefono, città, paese, telefoon, stad, الهاتف, الموقع");

    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+\\.[^@\\s<>]+");
    private static final Pattern NAME_AND_ADDRESS = Pattern.compile("([^<>]*[^<>\\s])\\s*<\\s*(" + ADDRESS + ")\\s*>");

    /// A file that can't be read as lines.
    public static final class Broken extends Exception {

        private static final long serialVersionUID = 1;

        private final String why;

        Broken(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        public String why() {
            return why;
        }
    }

    /// @param sent a file that counts instead of what was pasted; empty if none was chosen
    public static String text(String pasted, byte[] sent) throws Broken {
        if (sent.length == 0) {
            return pasted;
        }
        if (sent.length > LARGEST) {
            throw new Broken("The file is larger than 512 KB.");
        }
        return switch (CsvText.decode(sent)) {
            case CsvText.Decoded.Good(CsvText text)
            when text.text().length() > LARGEST -> throw new Broken("The list is larger than 512 KB.");
            case CsvText.Decoded.Good(CsvText text) -> text.text();
            case CsvText.Decoded.Unreadable(String why) -> throw new Broken(why + ".");
        };
    }

    /// @param columns their order in a list without a first line that names them; the first one must be among those
    /// that such a line names
    /// @param most lines
    public static RowList read(String text, List<String> columns, int most) throws Broken {
        if (text.length() > LARGEST) {
            throw new Broken("The list is larger than 512 KB.");
        }
        try (CsvReader<CsvRecord> csv = CsvText.of(text).rows()) {
            List<String> order = columns;
            List<String> leftOut = List.of();
            var lines = new ArrayList<Map<String, String>>();
            boolean first = true;
            for (CsvRecord row : csv) {
                if (CsvText.isBlank(row)) {
                    continue;
                }
                List<String> names = names(row);
                if (first && names.contains(columns.getFirst())) {
                    order = names;
                    leftOut = leftOut(row, names, columns);
                } else if (lines.size() == most) {
                    throw new Broken("A list can have up to " + most + " lines. Split it and continue afterwards.");
                } else {
                    lines.add(line(row, order));
                }
                first = false;
            }
            return new RowList(List.copyOf(lines), leftOut);
        } catch (CsvParseException _) {
            throw new Broken("The list isn’t valid CSV. Check that every quote has a closing one.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> leftOut(CsvRecord row, List<String> names, List<String> columns) {
        return IntStream.range(0, names.size())
                .filter(column -> !columns.contains(names.get(column)) || names.indexOf(names.get(column)) < column)
                .mapToObj(column -> row.getField(column).strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /// Returns a sentence that names the columns that are left out; empty if there are none.
    public String leftOutText() {
        return leftOut.isEmpty() ? "" : "Columns that are left out: " + String.join(", ", leftOut) + ".";
    }

    private static Map<String, String> line(CsvRecord row, List<String> order) {
        var fields = new HashMap<String, String>();
        for (int i = 0; i < Math.min(row.getFieldCount(), order.size()); i++) {
            String cell = CsvFile.asTyped(row.getField(i)).strip();
            fields.putIfAbsent(order.get(i), order.get(i).equals("email") ? ListWords.email(cell) : cell);
        }
        if (fields.getOrDefault("email", "").isEmpty()) {
            findEmail(fields);
        }
        return fields;
    }

    /// An address is the email as well in the place of a username, or behind the name, as mail programs write it.
    private static void findEmail(Map<String, String> fields) {
        String username = fields.getOrDefault("username", "");
        Matcher named = NAME_AND_ADDRESS.matcher(fields.getOrDefault("name", ""));
        if (ADDRESS.matcher(username).matches()) {
            fields.put("username", "");
            fields.put("email", ListWords.email(username));
        } else if (named.matches()) {
            fields.put("name", named.group(1));
            fields.put("email", ListWords.email(named.group(2)));
        }
    }

    /// `Admin’s e-mail` and `admin_email` are one column.
    private static String name(String field) {
        String plain = ListWords.bare(field);
        return NAMES.contains(plain)
                ? "name"
                : EMAILS.contains(plain)
                        ? "email"
                        : USERNAMES.contains(plain) && !MAY_BE_NAMES.contains(plain) ? "username" : plain;
    }

    /// Returns the names of the columns. `Company` or `Client` can be a name as well: it names a column beside another
    /// that it goes with.
    private static List<String> names(CsvRecord row) {
        List<String> names = row.getFields().stream().map(RowList::name).toList();
        boolean isHeader = names.size() > 1 && names.stream().anyMatch(WITH_NAMES::contains);
        return names.contains("name") || !isHeader
                ? names
                : names.stream()
                        .map(name -> MAY_BE_NAMES.contains(name) ? "name" : name)
                        .toList();
    }

    /// Writes lines as CSV, so that a person can mend them.
    public static String write(List<List<String>> lines) {
        var text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            lines.forEach(csv::writeRecord);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return text.toString().stripTrailing();
    }
}
