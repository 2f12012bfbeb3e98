package dev.banyan.platform.mail;

import module java.base;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.banyan.platform.TestCertificate;
import java.security.cert.X509Certificate;

/// A mail server on a real socket of this machine, which keeps all mails. Its certificate names localhost, and nobody
/// trusts it but [#trusting].
public final class MailSink implements AutoCloseable {

    public enum Behavior {
        /// Encrypted from the first byte.
        TLS,
        /// Encrypted after a greeting.
        STARTTLS,
        /// Not encrypted, and no sign-in.
        OPEN,
        /// Takes no mail from anyone.
        BROKEN
    }

    public static final String USER = "shop";
    public static final String PASSWORD = "s3cret of the shop";

    /// @param commands of the client before the content
    public record Received(List<String> commands, String content, boolean encrypted) {

        /// Returns the parts, decoded.
        public String text() {
            return content + "\n"
                    + Pattern.compile("(?m)^\\n((?:[A-Za-z0-9+/=]+\\n)+)")
                            .matcher(content)
                            .results()
                            .map(part ->
                                    new String(Base64.getMimeDecoder().decode(part.group(1)), StandardCharsets.UTF_8))
                            .toList();
        }
    }

    private final BlockingQueue<Received> mails = new LinkedBlockingQueue<>();
    private final ServerSocket listening;
    private final Thread accepting;
    private final Behavior behavior;
    private final SSLSocketFactory tls;
    private final String name;

    public MailSink(Behavior behavior) {
        this.behavior = behavior;
        try {
            var own = TestCertificate.next();
            this.tls = own.tls().createSSLSocketFactory();
            this.name = named(own.certificate());
            this.listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
        this.accepting = Thread.ofVirtual().name("mail-sink").start(this::serve);
    }

    private static String named(X509Certificate certificate) throws GeneralSecurityException {
        var names = certificate.getSubjectAlternativeNames();
        return names == null
                ? certificate.getSubjectX500Principal().getName().replaceAll("^CN=([^,]+).*", "$1")
                : names.stream()
                        .map(one -> one.get(1).toString())
                        .filter(one -> !one.contains(":")) // a name, or an address of this machine
                        .findFirst()
                        .orElseThrow();
    }

    /// The host that its certificate names.
    public String name() {
        return name;
    }

    /// A client’s side that trusts any certificate for the host it names.
    public static SSLSocketFactory trusting() {
        try {
            return new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory();
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    public BlockingQueue<Received> mails() {
        return mails;
    }

    private void serve() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private void talk(Socket plain) {
        try (plain) {
            if (behavior == Behavior.TLS) {
                talk(secured(plain), true, true);
            } else {
                talk(plain, false, true);
            }
        } catch (IOException _) {
            // The client disconnected, or did not trust the certificate.
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        var secure = (SSLSocket) tls.createSocket(plain, null, plain.getPort(), false);
        secure.setUseClientMode(false);
        return secure;
    }

    private void talk(Socket client, boolean encrypted, boolean greets) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        if (greets) {
            say(client, "220 sink.example ESMTP");
        }
        var commands = new ArrayList<String>();
        boolean signedIn = behavior == Behavior.OPEN;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            switch (line.split("[ :]", -1)[0].toUpperCase(Locale.ROOT)) {
                case "EHLO" ->
                    say(
                            client,
                            "250-sink.example"
                                    + (behavior == Behavior.STARTTLS && !encrypted ? "\r\n250-STARTTLS" : "")
                                    + (encrypted ? "\r\n250-AUTH LOGIN PLAIN" : "") + "\r\n250 8BITMIME");
                case "STARTTLS" -> {
                    say(client, "220 go on");
                    talk(secured(client), true, false);
                    return;
                }
                case "AUTH" -> {
                    signedIn = line.equals("AUTH PLAIN "
                            + Base64.getEncoder()
                                    .encodeToString(("\0" + USER + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
                    say(client, signedIn ? "235 welcome" : "535 5.7.8 wrong username or password");
                }
                case "MAIL" -> say(client, behavior == Behavior.BROKEN || !signedIn ? "550 not you" : "250 fine");
                case "RCPT" -> say(client, line.contains("nobody@") ? "550 5.1.1 no such mailbox" : "250 fine");
                case "DATA" -> {
                    say(client, "354 go on");
                    mails.add(new Received(Set.copyOf(commands).stream().toList(), content(in), encrypted));
                    say(client, "250 taken");
                }
                case "QUIT" -> {
                    say(client, "221 bye");
                    return;
                }
                default -> say(client, "250 fine");
            }
        }
    }

    private static String content(BufferedReader in) throws IOException {
        var content = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            content.append(line).append('\n');
        }
        return content.toString();
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            listening.close();
            accepting.join(); // until then it may still accept one more
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
