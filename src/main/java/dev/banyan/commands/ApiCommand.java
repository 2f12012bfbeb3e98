package dev.banyan.commands;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.OwnCommand;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// `./banyan api OPERATION field=value…`: one request of the API. The server's own description says which operations
/// there are, and which of the fields belong in the path, in the query and in the body.
public final class ApiCommand {

    private static final int USAGE = 2;
    private static final int NO_SERVER = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiOperations operations;
    private final KeyArguments arguments;
    private final HttpClient http;
    private final PrintStream out;

    private ApiCommand(ApiOperations operations, KeyArguments arguments, HttpClient http, PrintStream out) {
        this.operations = operations;
        this.arguments = arguments;
        this.http = http;
        this.out = out;
    }

    /// @return the exit code: 0, 4 and 5 by the status of the answer, 1 without one, 2 for invalid arguments
    public static int run(List<String> typed, Map<String, String> environment, PrintStream out, PrintStream err) {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            return run(KeyArguments.parse(typed, environment, Set.of(), Set.of("list", "fields")), http, out, err);
        } catch (KeyArguments.Wrong wrong) {
            err.println("banyan: " + wrong.getMessage() + "; see " + OwnCommand.NAME + " help");
            return USAGE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return NO_SERVER;
        }
    }

    private static int run(KeyArguments arguments, HttpClient http, PrintStream out, PrintStream err)
            throws InterruptedException {
        try {
            HttpResponse<byte[]> description = http.send(
                    HttpRequest.newBuilder(URI.create(arguments.server() + "/openapi.json"))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (description.statusCode() != 200) {
                throw new IOException("HTTP " + description.statusCode());
            }
            return new ApiCommand(new ApiOperations(JSON.readTree(description.body())), arguments, http, out).run();
        } catch (IOException lost) {
            err.println("banyan: no Banyan server answers at " + arguments.server() + ": " + KeyArguments.why(lost)
                    + "; name it with --server or in " + KeyArguments.SERVER);
            return NO_SERVER;
        }
    }

    private int run() throws IOException, InterruptedException {
        if (arguments.options().containsKey("list")) {
            operations.list().forEach(out::println);
            return 0;
        }
        if (arguments.words().isEmpty()) {
            throw new KeyArguments.Wrong("name an operation; --list shows all");
        }
        ApiOperations.Operation operation = operations.find(arguments.words().getFirst());
        if (arguments.options().containsKey("fields")) {
            operation.fields().forEach(out::println);
            return 0;
        }
        return send(
                operation.request(arguments.words().subList(1, arguments.words().size())));
    }

    private int send(ApiOperations.Request request) throws IOException, InterruptedException {
        HttpRequest.Builder sent = HttpRequest.newBuilder(URI.create(arguments.server() + request.path()))
                .timeout(PATIENCE)
                .method(
                        request.method(),
                        request.body()
                                .map(body -> HttpRequest.BodyPublishers.ofString(body.toString()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        request.body().ifPresent(_ -> sent.header("Content-Type", "application/json"));
        arguments.key().ifPresent(key -> sent.header("Authorization", "Bearer " + key));
        HttpResponse<byte[]> answer = http.send(sent.build(), HttpResponse.BodyHandlers.ofByteArray());
        print(answer.body());
        return answer.statusCode() < 400 ? 0 : answer.statusCode() / 100;
    }

    /// Writes JSON in lines, and files as they are.
    private void print(byte[] body) throws IOException {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isContainerNode()) {
                out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
                return;
            }
        } catch (JsonProcessingException _) {
            // a file, or a page of a proxy
        }
        out.write(body);
        out.flush();
    }
}
