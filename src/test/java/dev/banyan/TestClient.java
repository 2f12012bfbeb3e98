package dev.banyan;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// An HTTP client like a browser or a program; it follows no redirects and keeps no cookies except the given one.
public final class TestClient {

    public static final ObjectMapper JSON = new ObjectMapper();

    /// Without one, a visit is a program's.
    private static final String PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Eventually.LONGEST)
            .build();

    /// A response of the server.
    public record Answer(int status, HttpHeaders headers, byte[] bytes) {

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException failure) {
                throw new AssertionError("Not JSON: " + this, failure);
            }
        }

        /// Returns `error` of a JSON response.
        public String error() {
            return json().path("error").asText();
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        public String location() {
            return header("Location").orElseThrow(() -> new AssertionError("No Location: " + this));
        }

        public String contentType() {
            return header("Content-Type").orElse("");
        }

        /// Returns the token of the session cookie set by the response; empty if the cookie is deleted.
        public String sessionToken() {
            return headers.allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("banyan_session="))
                    .map(cookie -> cookie.substring("banyan_session=".length(), cookie.indexOf(';')))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No session cookie: " + this));
        }

        /// Returns the value of a hidden field of the page; empty without one.
        public String hidden(String name) {
            Matcher field = Pattern.compile("type=\"hidden\" name=\"" + name + "\" value=\"([^\"]+)\"")
                    .matcher(text());
            return field.find() ? field.group(1) : "";
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }

    private final URI server;
    private final Map<String, String> headers;
    private final String as;

    private TestClient(URI server, Map<String, String> headers, String as) {
        this.server = server;
        this.headers = headers;
        this.as = as;
    }

    /// Returns a client without a session.
    public static TestClient anonymous() {
        return at(TestServer.uri());
    }

    /// Returns a client without a session for another server.
    public static TestClient at(URI server) {
        return new TestClient(server, Map.of(), "");
    }

    /// Returns the same client for another server.
    public TestClient on(URI other) {
        return new TestClient(other, headers, as);
    }

    public static TestClient withSession(String token) {
        return anonymous().with("Cookie", "banyan_session=" + token);
    }

    public static TestClient of(TestWorld.Person person) {
        return withSession(person.token());
    }

    public static TestClient of(TestWorld.Guest guest) {
        return anonymous().with("Cookie", guest.cookie());
    }

    /// Returns a program with a token of any kind.
    public static TestClient withBearer(String token) {
        return anonymous().with("Authorization", "Bearer " + token);
    }

    /// Returns a program with the token of the same session.
    public TestClient cookieAsBearer() {
        String cookie = headers.get("Cookie");
        return cookie == null ? this : withBearer(cookie.substring(cookie.indexOf('=') + 1));
    }

    /// Returns the headers of a program with the token of the same session, for sockets.
    public Map<String, String> bearer() {
        return cookieAsBearer().headers;
    }

    /// Returns the same client with one more header.
    public TestClient with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new TestClient(server, Map.copyOf(more), as);
    }

    /// Returns the same client on the pages of an account, whose forms all name it.
    public TestClient onPagesOf(TestWorld.Person person) {
        return new TestClient(server, headers, person.username());
    }

    private Map<String, String> naming(Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        if (!as.isEmpty()) {
            all.putIfAbsent("as", as);
        }
        return all;
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer head(String path) {
        return send("HEAD", path, BodyPublishers.noBody());
    }

    public Answer post(String path, Object body) {
        return json("POST", path, body);
    }

    public Answer put(String path, Object body) {
        return json("PUT", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /// @param body anything that Jackson can write; a text is sent unchanged
    public Answer json(String method, String path, Object body) {
        return send(method, path, "application/json", body instanceof String text ? text : write(body));
    }

    /// Sends a form as a browser does.
    ///
    /// @param fields alternating names and values
    public Answer form(String path, String... fields) {
        var named = new LinkedHashMap<String, String>();
        for (int i = 0; i < fields.length; i += 2) {
            named.put(fields[i], fields[i + 1]);
        }
        return form(path, named);
    }

    public Answer form(String path, Map<String, String> fields) {
        String body = naming(fields).entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send("POST", path, "application/x-www-form-urlencoded", body);
    }

    /// Sends a form with one file in the field `file`, as a browser does if it doesn't know the file type.
    public Answer upload(String path, Map<String, String> fields, String fileName, byte[] content) {
        return multipart(path, fields, "file", fileName, "application/octet-stream", content);
    }

    /// Sends a form with a file field as a browser does if no file was chosen.
    public Answer multipart(String path, Map<String, String> fields) {
        return multipart(path, fields, "", "", "", new byte[0]);
    }

    /// Sends a form with one file.
    ///
    /// @param field of the file; empty for none
    public Answer multipart(
            String path, Map<String, String> fields, String field, String fileName, String fileType, byte[] content) {
        String boundary = "the-boundary-of-these-tests";
        var body = new ByteArrayOutputStream();
        naming(fields)
                .forEach((name, value) -> body.writeBytes(("--" + boundary
                                + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        if (!field.isEmpty()) {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                            + fileName + "\"\r\nContent-Type: " + fileType + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return with("Content-Type", "multipart/form-data; boundary=" + boundary)
                .send("POST", path, BodyPublishers.ofByteArray(body.toByteArray()));
    }

    public Answer send(String method, String path, String contentType, String body) {
        return with("Content-Type", contentType).send(method, path, BodyPublishers.ofString(body));
    }

    public Answer send(String method, String path, BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Eventually.LONGEST)
                .header("User-Agent", PERSON)
                .method(method, body);
        headers.forEach(request::setHeader);
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(method + " " + path, failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted");
        }
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Parses JSON from the server.
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new AssertionError("Not JSON: " + text, failure);
        }
    }

    /// Returns the keys of a JSON object in order.
    public static List<String> keys(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
