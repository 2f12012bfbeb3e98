package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.http.OutboundHttp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Hands mails to servers that tenants name, by SMTP. It connects only to addresses that this server may call, as every
/// call to an address of theirs (docs/decisions/0023, 0060): the library for our own mail server would look the name up
/// a second time.
@Singleton
public final class SmtpClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration ALTOGETHER = Duration.ofSeconds(60);
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_LINES = 100;
    private static final int LONGEST_REPLY = 200;
    private static final int ADDRESSES = 3;

    private final OutboundHttp outbound;
    /// Asked for when a connection is encrypted: the system’s certificates take a twentieth of a start to read.
    private final Supplier<SSLSocketFactory> tls;
    private final Clock clock;

    @Inject
    SmtpClient(OutboundHttp outbound, Clock clock) {
        this(outbound, () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), clock);
    }

    SmtpClient(OutboundHttp outbound, Supplier<SSLSocketFactory> tls, Clock clock) {
        this.outbound = outbound;
        this.tls = tls;
        this.clock = clock;
    }

    /// Returns what is wrong with a host that this server does not call.
    public Optional<Invalid> refused(String field, String host) {
        return outbound.refused(field, host);
    }

    /// Sends one mail, or says why it can't.
    public void send(MailServer server, MailBranding look, UUID id, String recipient, String subject, String text)
            throws SmtpTrouble {
        deliver(new SmtpMessage(server, id, recipient, subject, text, Optional.of(look.html(text))), callable(server));
    }

    /// Sends one mail of this server, whose operator may name any server, one in the own network too.
    void sendOwn(MailServer server, Optional<MailBranding> look, Mail mail) throws SmtpTrouble {
        var message = new SmtpMessage(
                server,
                mail.id(),
                mail.recipient(),
                mail.subject(),
                mail.body(),
                look.map(one -> one.html(mail.body())));
        try {
            deliver(message, List.of(InetAddress.getAllByName(server.host())));
        } catch (UnknownHostException failure) {
            throw notFound(failure);
        }
    }

    private void deliver(SmtpMessage message, List<InetAddress> addresses) throws SmtpTrouble {
        MailServer server = message.server();
        String recipient = message.recipient();
        if (!recipient.matches("[^\\s<>,;:\\p{Cntrl}]{3,254}")) {
            throw new SmtpTrouble("The recipient’s address is invalid.");
        }
        try (var talk = new Talk(server, addresses.subList(0, Math.min(ADDRESSES, addresses.size())))) {
            talk.greet();
            talk.signIn();
            talk.command(
                    "MAIL FROM:<" + server.from() + ">", 250, "The mail server refused the sender " + server.from());
            talk.command("RCPT TO:<" + recipient + ">", 250, "The mail server refused the recipient");
            talk.command("DATA", 354, "The mail server refused the mail");
            talk.write(message.written(clock.instant()) + "\r\n.\r\n");
            talk.expect(250, "The mail server refused the mail");
            talk.end();
        } catch (SocketTimeoutException slow) {
            throw new SmtpTrouble("The mail server didn’t answer in time.", slow);
        } catch (SSLException untrusted) {
            throw new SmtpTrouble(
                    "The connection couldn’t be encrypted. Check the port, the encryption, and the server’s certificate.",
                    untrusted);
        } catch (IOException failure) {
            throw new SmtpTrouble("The connection to the mail server failed.", failure);
        }
    }

    private List<InetAddress> callable(MailServer server) throws SmtpTrouble {
        try {
            List<InetAddress> callable = outbound.callable(server.host());
            if (callable.isEmpty()) {
                throw new SmtpTrouble("This server doesn’t call private addresses such as " + server.host()
                        + ". Its operator can allow this one.");
            }
            return callable;
        } catch (UnknownHostException failure) {
            throw notFound(failure);
        }
    }

    private static SmtpTrouble notFound(UnknownHostException failure) {
        return new SmtpTrouble("The mail server’s host name wasn’t found.", failure);
    }

    /// One connection.
    private final class Talk implements AutoCloseable {

        private final MailServer server;
        private final long until = System.nanoTime() + ALTOGETHER.toNanos();
        private Socket socket;
        private InputStream in;
        private List<String> offers = List.of();

        Talk(MailServer server, List<InetAddress> addresses) throws IOException {
            this.server = server;
            this.socket = connected(addresses);
            try {
                if (server.security() == MailSecurity.TLS) {
                    this.socket = encrypted(socket);
                }
                this.in = new BufferedInputStream(socket.getInputStream());
            } catch (IOException failure) {
                socket.close();
                throw failure;
            }
        }

        private Socket connected(List<InetAddress> addresses) throws IOException {
            IOException last = new IOException("No address");
            for (InetAddress address : addresses) {
                var tried = new Socket();
                try {
                    tried.connect(new InetSocketAddress(address, server.port()), (int) CONNECT.toMillis());
                    tried.setSoTimeout((int) PATIENCE.toMillis());
                    return tried;
                } catch (IOException failure) {
                    tried.close();
                    last = failure;
                }
            }
            throw last;
        }

        private Socket encrypted(Socket plain) throws IOException {
            var secure = (SSLSocket) tls.get().createSocket(plain, server.host(), server.port(), true);
            var parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must name the host
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        }

        void greet() throws SmtpTrouble, IOException {
            expect(220, "The mail server refused the connection");
            hello();
            if (server.security() == MailSecurity.STARTTLS) {
                if (!offers.contains("STARTTLS")) {
                    throw new SmtpTrouble("The mail server doesn’t offer encryption on this port (STARTTLS).");
                }
                command("STARTTLS", 220, "The mail server refused to encrypt the connection");
                if (in.available() > 0) { // what was said unencrypted must not be taken for an encrypted answer
                    throw new SmtpTrouble("The mail server broke the rules of encryption.");
                }
                socket = encrypted(socket);
                in = new BufferedInputStream(socket.getInputStream());
                hello();
            }
        }

        private void hello() throws SmtpTrouble, IOException {
            offers =
                    command("EHLO " + SmtpMessage.domain(server), 250, "The mail server refused the connection")
                            .stream()
                            .map(line -> line.toUpperCase(Locale.ROOT))
                            .toList();
        }

        void signIn() throws SmtpTrouble, IOException {
            if (server.user().isEmpty()) {
                return;
            }
            String refused = "The mail server didn’t accept the username or the password";
            String password = server.password().orElse("");
            Optional<String> auth =
                    offers.stream().filter(offer -> offer.startsWith("AUTH ")).findFirst();
            List<String> ways = List.of(auth.orElse("").split(" ", -1));
            if (ways.contains("PLAIN")) {
                command("AUTH PLAIN " + base64("\0" + server.user() + "\0" + password), 235, refused);
            } else if (ways.contains("LOGIN")) {
                command("AUTH LOGIN", 334, refused);
                command(base64(server.user()), 334, refused);
                command(base64(password), 235, refused);
            } else {
                throw new SmtpTrouble("The mail server doesn’t offer to sign in with a password.");
            }
        }

        private static String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        List<String> command(String line, int expected, String refused) throws SmtpTrouble, IOException {
            write(line + "\r\n");
            return expect(expected, refused);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        /// Returns the lines of a reply without their numbers.
        List<String> expect(int code, String refused) throws SmtpTrouble, IOException {
            var lines = new ArrayList<String>();
            String line = line();
            while (line.length() > 3 && line.charAt(3) == '-') {
                lines.add(line.substring(4));
                if (lines.size() > MOST_LINES) {
                    throw new IOException("Too long a reply");
                }
                line = line();
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (!line.startsWith(Integer.toString(code))) {
                throw new SmtpTrouble(refused + ": " + shown(line));
            }
            return lines;
        }

        private static String shown(String line) {
            String clean = line.replaceAll("[^ -~]", "?").strip();
            return clean.length() > LONGEST_REPLY ? clean.substring(0, LONGEST_REPLY) + "…" : clean;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            while (true) {
                if (System.nanoTime() - until > 0) {
                    throw new SocketTimeoutException("It took too long altogether");
                }
                int next = in.read();
                if (next < 0) {
                    throw new IOException("It closed the connection");
                }
                if (next == '\n') {
                    return line.toString().stripTrailing();
                }
                line.append((char) next);
                if (line.length() > LONGEST_LINE) {
                    throw new IOException("Too long a line");
                }
            }
        }

        /// Says goodbye; the mail is sent, whatever the answer.
        void end() {
            try {
                write("QUIT\r\n");
            } catch (IOException _) {
                // It has taken the mail.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
