package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import dev.banyan.platform.Digests;

/// A form with one file (RFC 7578), as uploads want it.
///
/// @param type the value of the header `Content-Type`
record MultipartForm(String type, byte[] bytes) {

    private static final String END = "\r\n";

    static MultipartForm of(Map<String, String> fields, String fileName, String fileType, byte[] file) {
        String boundary = "banyan-" + Digests.newToken();
        var out = new ByteArrayOutputStream(file.length + 1_024);
        fields.forEach((name, value) -> text(
                out,
                "--" + boundary + END + "Content-Disposition: form-data; name=\"" + name + "\"" + END + END + value
                        + END));
        text(
                out,
                "--" + boundary + END + "Content-Disposition: form-data; name=\"file\"; filename=\"" + safe(fileName)
                        + "\"" + END + "Content-Type: " + safe(fileType) + END + END);
        out.writeBytes(file);
        text(out, END + "--" + boundary + "--" + END);
        return new MultipartForm("multipart/form-data; boundary=" + boundary, out.toByteArray());
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A name from outside must not end its header or its quotes.
    private static String safe(String text) {
        return text.replaceAll("[\\p{Cntrl}\"\\\\]", "_");
    }
}
