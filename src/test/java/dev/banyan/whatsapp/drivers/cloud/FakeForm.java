package dev.banyan.whatsapp.drivers.cloud;

import module java.base;

/// Takes a multipart form apart, strictly.
final class FakeForm {

    /// @param file empty for a plain field
    record Part(String name, Optional<String> file, String type, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type: *([^\r\n]+)");
    private static final byte[] GAP = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private FakeForm() {}

    static List<Part> parse(FakeRequest request) {
        String type = request.header("content-type").orElse("");
        if (!type.startsWith("multipart/form-data; boundary=")) {
            throw new FakeErrors.Refused(100, "A form is wanted, not " + type);
        }
        byte[] boundary = ("--" + type.substring(type.indexOf('=') + 1)).getBytes(StandardCharsets.US_ASCII);
        byte[] body = request.body();
        var parts = new ArrayList<Part>();
        int at = indexOf(body, boundary, 0);
        while (at >= 0) {
            int start = at + boundary.length;
            if (start + 2 > body.length || body[start] == '-') {
                return parts;
            }
            int next = indexOf(body, boundary, start);
            if (next < 0) {
                throw new FakeErrors.Refused(100, "The form has no end");
            }
            parts.add(part(body, start + 2, next - 2));
            at = next;
        }
        throw new FakeErrors.Refused(100, "The form has no end");
    }

    private static Part part(byte[] body, int start, int end) {
        int gap = indexOf(body, GAP, start);
        String head = new String(body, start, gap - start, StandardCharsets.UTF_8);
        var name = NAME.matcher(head);
        var file = FILE.matcher(head);
        var type = TYPE.matcher(head);
        byte[] content = Arrays.copyOfRange(body, gap + GAP.length, end);
        return new Part(
                name.find() ? name.group(1) : "",
                file.find() ? Optional.of(file.group(1)) : Optional.empty(),
                type.find() ? type.group(1) : "",
                content);
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        for (int i = from; i <= body.length - wanted.length; i++) {
            int j = 0;
            while (j < wanted.length && body[i + j] == wanted[j]) {
                j++;
            }
            if (j == wanted.length) {
                return i;
            }
        }
        return -1;
    }
}
