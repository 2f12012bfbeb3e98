package dev.banyan.platform;

import module java.base;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The first sheet of an Excel workbook (`.xlsx`) with anything on it, as lines of CSV with what a person sees in its
/// cells.
///
/// A workbook is XML in a ZIP, which Java itself reads, and every step here has a limit. The kept library for it,
/// fastexcel-reader, gives all memory to a file of a few hundred bytes: it counts up to the number of a shared
/// text, and makes all cells up to the column that a cell names.
final class Workbook {

    /// Bytes that are unpacked in all. Parts lie in any order, so some are passed more than once.
    private static final long LARGEST = 200L * 1024 * 1024;
    private static final int MOST_PARTS = 5_000;
    private static final int MOST_FORMATS = 65_536;
    /// Bytes between two tags: of a text, or of an attribute, which is read as a whole.
    private static final int LONGEST_STEP = 4 * 1024 * 1024;
    /// Bytes of a text in memory, next to its characters.
    private static final int TEXT = 16;
    private static final int MOST_COLUMNS = 1_000;
    private static final int MOST_ROWS = 1_048_576;
    private static final int LONGEST_CELL = 32_767;
    /// Characters of the lines, and of the texts that cells share.
    private static final int LONGEST = 16 * 1024 * 1024;

    private static final String LIMITS = "http://www.oracle.com/xml/jaxp/properties/";
    private static final String TOO_LARGE = "The workbook is too large. Split the list, or save it as CSV in UTF-8";
    private static final String DAMAGED = "The workbook is damaged. Open it in Excel, save it again and try again";
    private static final String NO_SHEET =
            "This is not an Excel workbook with a sheet. Save the list as .xlsx or as CSV in UTF-8 and try again";
    /// Excel writes characters that XML lacks in this way.
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        Unreadable(String why) {
            super(why, null, false, false);
        }
    }

    private interface Reading {
        void element(XMLStreamReader xml) throws XMLStreamException, Unreadable, IOException;
    }

    private final byte[] file;
    private final List<String> shared = new ArrayList<>();
    private final List<CellFormat> formats = new ArrayList<>();
    private boolean from1904;
    private boolean isTooLarge;
    private long unpacked;
    private long atStep;

    private Workbook(byte[] file) {
        this.file = file;
    }

    static CsvText.Decoded read(byte[] file) {
        var book = new Workbook(file);
        try {
            return new CsvText.Decoded.Good(new CsvText(book.firstSheet()));
        } catch (Unreadable unreadable) {
            return new CsvText.Decoded.Unreadable(Objects.requireNonNull(unreadable.getMessage()));
        } catch (XMLStreamException
                | IOException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | DateTimeException _) {
            // Also for what isn't a number where one belongs.
            return new CsvText.Decoded.Unreadable(book.isTooLarge ? TOO_LARGE : DAMAGED);
        }
    }

    private String firstSheet() throws XMLStreamException, IOException, Unreadable {
        String main = related("").stream()
                .filter(part -> part.is("officeDocument"))
                .map(Part::name)
                .findFirst()
                .orElseThrow(() -> new Unreadable(NO_SHEET));
        var sheets = new ArrayList<String>();
        read(main, xml -> {
            if (xml.getLocalName().equals("workbookPr")) {
                from1904 = Set.of("1", "true").contains(attribute(xml, "date1904"));
            } else if (xml.getLocalName().equals("sheet")
                    && sheets.size() < MOST_PARTS
                    && !attribute(xml, "state").toLowerCase(Locale.ROOT).contains("hidden")) {
                sheets.add(relation(xml));
            }
        });
        List<Part> parts = related(main);
        List<String> visible = sheets.stream()
                .flatMap(id -> parts.stream()
                        .filter(part -> part.is("worksheet") && part.id().equals(id)))
                .map(Part::name)
                .toList();
        if (visible.isEmpty()) {
            throw new Unreadable(NO_SHEET);
        }
        read(first(parts, "styles"), new Formats());
        readShared(first(parts, "sharedStrings"));
        for (String sheet : visible) {
            var lines = new Lines();
            if (!read(sheet, lines)) {
                throw new Unreadable(DAMAGED);
            }
            String written = lines.written();
            if (!written.isBlank()) {
                return written;
            }
        }
        return "";
    }

    /// @param type its last word is the same in both kinds of workbooks
    /// @param name in the ZIP
    private record Part(String id, String type, String name) {

        boolean is(String word) {
            return type.endsWith("/" + word);
        }
    }

    /// @param part empty text: the workbook itself
    private List<Part> related(String part) throws XMLStreamException, IOException, Unreadable {
        String folder = part.substring(0, part.lastIndexOf('/') + 1);
        var found = new ArrayList<Part>();
        read(folder + "_rels/" + part.substring(folder.length()) + ".rels", xml -> {
            if (xml.getLocalName().equals("Relationship") && found.size() < MOST_PARTS) {
                Path target = Path.of("/" + folder).resolve(attribute(xml, "Target"));
                found.add(new Part(
                        attribute(xml, "Id"),
                        attribute(xml, "Type"),
                        target.normalize().toString().substring(1)));
            }
        });
        return found;
    }

    /// @return empty text if there is none
    private static String first(List<Part> parts, String type) {
        return parts.stream()
                .filter(part -> part.is(type))
                .map(Part::name)
                .findFirst()
                .orElse("");
    }

    /// The formats of numbers, by the order of the styles that cells name.
    private final class Formats implements Reading {

        private final Map<String, String> codes = new HashMap<>();
        private boolean isOfCells;

        @Override
        public void element(XMLStreamReader xml) throws Unreadable {
            switch (xml.getLocalName()) {
                case "numFmt" -> codes.put(attribute(xml, "numFmtId"), attribute(xml, "formatCode"));
                case "cellStyleXfs", "cellStyles", "dxfs" -> isOfCells = false;
                case "cellXfs" -> isOfCells = true;
                case "xf" -> {
                    if (isOfCells) {
                        formats.add(CellFormat.of(attribute(xml, "numFmtId"), codes));
                    }
                }
                default -> {}
            }
            if (formats.size() > MOST_FORMATS || codes.size() > MOST_FORMATS) {
                throw new Unreadable(TOO_LARGE);
            }
        }
    }

    private void readShared(String part) throws XMLStreamException, IOException, Unreadable {
        var length = new AtomicInteger();
        read(part, xml -> {
            if (xml.getLocalName().equals("si")) {
                String text = text(xml, "si");
                shared.add(text);
                if (length.addAndGet(text.length() + TEXT) > LONGEST) {
                    throw new Unreadable(TOO_LARGE);
                }
            }
        });
    }

    /// Calls for each element that begins in a part.
    private boolean read(String part, Reading reading) throws XMLStreamException, IOException, Unreadable {
        if (part.isEmpty()) {
            return false;
        }
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            var content = new Counted(zip);
            int parts = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++parts > MOST_PARTS) {
                    throw new Unreadable(TOO_LARGE);
                }
                if (entry.getName().equalsIgnoreCase(part)) {
                    content.isRead = true;
                    atStep = unpacked;
                    XMLStreamReader xml = strict().createXMLStreamReader(content);
                    while (xml.hasNext()) {
                        if (next(xml) == XMLStreamConstants.START_ELEMENT) {
                            reading.element(xml);
                        }
                    }
                    return true;
                }
                content.transferTo(OutputStream.nullOutputStream());
            }
            return false;
        }
    }

    private int next(XMLStreamReader xml) throws XMLStreamException {
        atStep = unpacked;
        return xml.next();
    }

    /// Returns Java's own reader, without document types and entities.
    private static XMLInputFactory strict() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty("jdk.xml.dtd.support", "deny");
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(LIMITS + "maxElementDepth", "100");
        factory.setProperty(LIMITS + "elementAttributeLimit", "100");
        // They also count each “&amp;”, of which a long list has many. There are no other entities.
        factory.setProperty(LIMITS + "maxGeneralEntitySizeLimit", "0");
        factory.setProperty(LIMITS + "totalEntitySizeLimit", "0");
        return factory;
    }

    private final class Counted extends FilterInputStream {

        private boolean isRead;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int read = super.read(into, from, most);
            return count(read, read);
        }

        private int count(int read, int bytes) throws IOException {
            unpacked += read < 0 ? 0 : bytes;
            if (unpacked > LARGEST || isRead && unpacked - atStep > LONGEST_STEP) {
                isTooLarge = true;
                throw new IOException(TOO_LARGE);
            }
            return read;
        }

        /// The reader of XML closes what it read; the ZIP stays open.
        @Override
        public void close() {}
    }

    private static String attribute(XMLStreamReader xml, String name) {
        return Objects.requireNonNullElse(xml.getAttributeValue("", name), "");
    }

    /// Returns the id of a sheet’s part, whose namespace differs between both kinds of workbooks.
    private static String relation(XMLStreamReader xml) {
        return IntStream.range(0, xml.getAttributeCount())
                .filter(i -> xml.getAttributeLocalName(i).equals("id"))
                .mapToObj(xml::getAttributeValue)
                .findFirst()
                .orElse("");
    }

    /// Reads to the end of an element.
    ///
    /// @return its text; of one with parts, that of its parts `t`, without how it is pronounced
    private String text(XMLStreamReader xml, String element) throws XMLStreamException, Unreadable {
        var text = new StringBuilder();
        boolean isAll = element.equals("v");
        boolean isText = isAll;
        boolean isSpoken = false;
        while (true) {
            switch (next(xml)) {
                case XMLStreamConstants.START_ELEMENT -> {
                    isText = isAll || xml.getLocalName().equals("t");
                    isSpoken = isSpoken || xml.getLocalName().equals("rPh");
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (xml.getLocalName().equals(element)) {
                        return ESCAPED.matcher(text).replaceAll(Workbook::unescaped);
                    }
                    isText = isAll;
                    isSpoken = isSpoken && !xml.getLocalName().equals("rPh");
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (isText && !isSpoken) {
                        text.append(xml.getText());
                    }
                    if (text.length() > LONGEST_CELL) {
                        throw new Unreadable("A cell of the workbook has more than 32,767 characters");
                    }
                }
                default -> {}
            }
        }
    }

    private static String unescaped(MatchResult escaped) {
        char is = (char) Integer.parseInt(escaped.group(1), 16);
        return is == '\n' || is == '\t' || !Character.isISOControl(is) && !Character.isSurrogate(is)
                ? Matcher.quoteReplacement(Character.toString(is))
                : "";
    }

    /// The rows of a sheet, each in the line of its number, so that what is said of lines is true of rows.
    private final class Lines implements Reading {

        private final StringWriter text = new StringWriter();
        private final List<String> row = new ArrayList<>();
        private int number;
        private int written;

        @Override
        public void element(XMLStreamReader xml) throws XMLStreamException, Unreadable, IOException {
            if (xml.getLocalName().equals("row")) {
                write();
                String told = attribute(xml, "r");
                number = told.isEmpty() ? number + 1 : Integer.parseInt(told);
                if (number <= written || number > MOST_ROWS) {
                    throw new Unreadable(DAMAGED);
                }
            } else if (xml.getLocalName().equals("c")) {
                int column = column(attribute(xml, "r"));
                if (column >= MOST_COLUMNS) {
                    throw new Unreadable("Row " + number + " of the workbook has more than 1,000 columns");
                }
                while (row.size() <= column) {
                    row.add("");
                }
                row.set(column, cell(xml));
            }
        }

        /// @param at such as `AB12`; empty text: next to the cell before
        private int column(String at) {
            int column = 0;
            for (int i = 0; i < at.length() && Character.isLetter(at.charAt(i)) && column <= MOST_COLUMNS; i++) {
                column = column * 26 + Character.toUpperCase(at.charAt(i)) - 'A' + 1;
            }
            return column == 0 ? row.size() : column - 1;
        }

        private String cell(XMLStreamReader xml) throws XMLStreamException, Unreadable {
            String type = attribute(xml, "t");
            String style = attribute(xml, "s");
            Optional<String> value = Optional.empty();
            boolean isComputed = false;
            int event = next(xml);
            while (event != XMLStreamConstants.END_ELEMENT
                    || !xml.getLocalName().equals("c")) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "v" -> value = Optional.of(text(xml, "v"));
                        case "is" -> value = Optional.of(text(xml, "is"));
                        case "f" -> isComputed = true;
                        default -> {}
                    }
                }
                event = next(xml);
            }
            if (isComputed && value.isEmpty()) {
                throw new Unreadable("Row " + number
                        + " of the workbook has a formula without its result. Open it in Excel, save it and try again");
            }
            return value.filter(text -> !text.isEmpty())
                    .map(text -> shown(type, style, text))
                    .orElse("");
        }

        private String shown(String type, String style, String value) {
            return switch (type) {
                case "s" -> shared.get(Objects.checkIndex(Integer.parseInt(value.strip()), shared.size()));
                case "b" -> value.equals("1") ? "TRUE" : "FALSE";
                case "", "n" -> format(style).show(value.strip(), from1904);
                default -> value;
            };
        }

        private CellFormat format(String style) {
            int index = style.isEmpty() ? 0 : Integer.parseInt(style);
            return index >= 0 && index < formats.size() ? formats.get(index) : CellFormat.GENERAL;
        }

        /// Sheets often have rows without anything below their last one, and empty cells at the end of rows.
        private void write() throws Unreadable {
            while (!row.isEmpty() && row.getLast().isBlank()) {
                row.removeLast();
            }
            if (row.isEmpty()) {
                return;
            }
            text.append("\n".repeat(number - written - 1));
            try (CsvWriter csv =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
                // A tab would be what separates the list.
                csv.writeRecord(
                        row.stream().map(cell -> cell.replace('\t', ' ')).toList());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            written = number;
            row.clear();
            if (text.getBuffer().length() > LONGEST) {
                throw new Unreadable(TOO_LARGE);
            }
        }

        String written() throws Unreadable {
            write();
            return text.toString();
        }
    }
}
