package dev.banyan.platform.web.gate;

import module java.base;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;
import org.jboss.resteasy.reactive.common.util.CaseInsensitiveMap;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;
import org.jspecify.annotations.Nullable;

/// A form with files while it is read. Files go to the disk, but everything else stays in memory, where the framework
/// bounds each field and not all of them together. Understands the form exactly as the framework does, because the same
/// parser reads along.
final class UploadedForm extends InputStream {

    private final InputStream in;
    private final MultipartParser.ParseState along;
    private final long most;
    private long read;
    private long ofFiles;
    private boolean inFile;

    /// @param most bytes of everything but the files
    UploadedForm(InputStream in, String boundary, long most) {
        this.in = in;
        this.most = most;
        this.along = MultipartParser.beginParse(
                new Parts(), boundary.getBytes(StandardCharsets.US_ASCII), StandardCharsets.UTF_8.name());
    }

    /// @param contentType of the request
    static Optional<String> boundary(String contentType) {
        return Optional.ofNullable(HeaderUtil.extractQuotedValueFromHeader(contentType, "boundary"));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = in.read(into, from, length);
        if (count > 0) {
            read += count;
            along.parse(ByteBuffer.wrap(into, from, count));
            if (read - ofFiles > most) {
                throw new WebApplicationException("The fields of this form are too large", 413);
            }
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private final class Parts implements MultipartParser.PartHandler {

        @Override
        public void beginPart(CaseInsensitiveMap<String> headers) {
            @Nullable String disposition = headers.getFirst(HttpHeaders.CONTENT_DISPOSITION);
            inFile = disposition != null
                    && disposition.startsWith("form-data")
                    && HeaderUtil.extractQuotedValueFromHeaderWithEncoding(disposition, "filename") != null;
        }

        @Override
        public void data(ByteBuffer bytes) {
            if (inFile) {
                ofFiles += bytes.remaining();
            }
        }

        @Override
        public void endPart() {
            inFile = false;
        }
    }
}
