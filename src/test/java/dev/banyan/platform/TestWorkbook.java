package dev.banyan.platform;

import module java.base;

/// Small workbooks, written as Excel writes them.
public final class TestWorkbook {

    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, String> parts = new LinkedHashMap<>();

    /// @param rows elements `row`
    public TestWorkbook(String rows) {
        with("_rels/.rels", relations("officeDocument", "xl/workbook.xml"));
        with("xl/worksheets/sheet1.xml", part("worksheet", "<sheetData>" + rows + "</sheetData>"));
        with(
                "xl/_rels/workbook.xml.rels",
                relations(
                        "worksheet",
                        "worksheets/sheet1.xml",
                        "styles",
                        "styles.xml",
                        "sharedStrings",
                        "/xl/sharedStrings.xml"));
        with("xl/workbook.xml", part("workbook", "<sheets><sheet name=\"List\" sheetId=\"1\" r:id=\"r0\"/></sheets>"));
    }

    public static byte[] of(String rows) {
        return new TestWorkbook(rows).bytes();
    }

    static String part(String root, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><%1$s xmlns=\"%2$s\" xmlns:r=\"%3$s\">%4$s</%1$s>"
                .formatted(root, MAIN, RELATION, content);
    }

    /// @param typesAndTargets pairs, whose ids are `r0`, `r2` and so on
    static String relations(String... typesAndTargets) {
        var all = new StringBuilder(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        for (int i = 0; i < typesAndTargets.length; i += 2) {
            all.append("<Relationship Id=\"r%d\" Type=\"%s/%s\" Target=\"%s\"/>"
                    .formatted(i, RELATION, typesAndTargets[i], typesAndTargets[i + 1]));
        }
        return all + "</Relationships>";
    }

    TestWorkbook with(String name, String content) {
        parts.put(name, content);
        return this;
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
