package dev.banyan.platform.http;

import module java.base;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/// An answer whose body is still being received.
final class OpenAnswer implements HttpOutcome.Answered {

    private final ClassicHttpResponse response;
    private final HttpCall.Limits limits;
    private final CallEnd end;
    private final Future<?> alarm;
    private final InputStream body;

    OpenAnswer(ClassicHttpResponse response, HttpCall.Limits limits, CallEnd end, Future<?> alarm) throws IOException {
        this.response = response;
        this.limits = limits;
        this.end = end;
        this.alarm = alarm;
        var entity = Optional.ofNullable(response.getEntity());
        this.body = new Counted(entity.isPresent() ? entity.get().getContent() : InputStream.nullInputStream());
    }

    /// Returns the length that the server declares; -1 if it declares none.
    long announced() {
        return Optional.ofNullable(response.getEntity())
                .map(entity -> entity.getContentLength())
                .orElse(0L);
    }

    @Override
    public int status() {
        return response.getCode();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public Optional<String> nextLine() throws IOException {
        var line = new ByteArrayOutputStream();
        int next = body.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (line.size() >= limits.lineBytes()) {
                throw new HttpOutcome.BodyTooLarge("A line is longer than " + limits.lineBytes() + " bytes");
            }
            line.write(next);
            next = body.read();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    @Override
    public void close() {
        alarm.cancel(false);
        try {
            response.close();
        } catch (IOException _) {
            // The connection was closed already.
        }
    }

    /// Counts the bytes read, and distinguishes a call that was ended on purpose from a broken one.
    private final class Counted extends InputStream {

        private final InputStream from;
        private final byte[] buffer = new byte[8_192];
        private int position;
        private int filled;
        private long total;

        Counted(InputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            if (position == filled && !fill()) {
                return -1;
            }
            return buffer[position++] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == filled && !fill()) {
                return -1;
            }
            int some = Math.min(length, filled - position);
            System.arraycopy(buffer, position, into, offset, some);
            position += some;
            return some;
        }

        /// Takes what is available, and waits only if nothing is.
        private boolean fill() throws IOException {
            try {
                position = 0;
                filled = Math.max(0, from.read(buffer));
            } catch (IOException failure) {
                if (end.isTimedOut()) {
                    throw (IOException) new SocketTimeoutException("The time for this call is over").initCause(failure);
                }
                throw failure;
            }
            total += filled;
            if (total > limits.bodyBytes()) {
                throw new HttpOutcome.BodyTooLarge("The body is longer than " + limits.bodyBytes() + " bytes");
            }
            return filled > 0;
        }
    }
}
