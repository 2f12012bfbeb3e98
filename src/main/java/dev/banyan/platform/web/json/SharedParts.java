package dev.banyan.platform.web.json;

import module java.base;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/// Says once in `/openapi.json` what many operations have in common: parameters and responses that are equal become
/// components. Clients that are made from it get one type for each, and it is half as long.
final class SharedParts {

    /// What all failures are but for their descriptions, which stay with the operations.
    private static final String FAILURE = "Failure";

    private final OpenAPI api;
    private final List<Operation> operations;

    SharedParts(OpenAPI api) {
        this.api = api;
        this.operations = new TreeMap<>(api.getPaths().getPathItems())
                .values().stream()
                        .flatMap(item -> item.getOperations().values().stream())
                        .toList();
    }

    void share() {
        shareParameters();
        shareResponses();
    }

    private void shareParameters() {
        Map<Parameter, String> names =
                repeated(operations.stream().flatMap(SharedParts::parameters), Parameter::getName);
        names.forEach((parameter, name) -> api.getComponents().addParameter(name, parameter));
        for (Operation operation : operations) {
            if (operation.getParameters() != null) {
                operation.setParameters(parameters(operation)
                        .map(parameter -> names.containsKey(parameter)
                                ? OASFactory.createParameter().ref("#/components/parameters/" + names.get(parameter))
                                : parameter)
                        .toList());
            }
        }
    }

    private void shareResponses() {
        Map<APIResponse, String> statuses = new HashMap<>();
        operations.forEach(operation ->
                responses(operation).forEach((status, response) -> statuses.putIfAbsent(response, status)));
        Map<APIResponse, String> names = repeated(
                operations.stream().flatMap(operation -> responses(operation).values().stream()),
                response -> statuses.getOrDefault(response, FAILURE));
        names.forEach((response, name) -> api.getComponents().addResponse(name, response));
        for (Operation operation : operations) {
            Map<String, APIResponse> shared = new LinkedHashMap<>();
            responses(operation).forEach((status, response) -> {
                if (names.containsKey(response)) {
                    shared.put(status, reference(names.get(response)));
                } else if (isFailure(status)) {
                    api.getComponents()
                            .addResponse(
                                    FAILURE,
                                    OASFactory.createAPIResponse()
                                            .description("The request failed")
                                            .content(response.getContent()));
                    shared.put(status, reference(FAILURE).description(response.getDescription()));
                } else {
                    shared.put(status, response);
                }
            });
            operation.getResponses().setAPIResponses(shared);
        }
    }

    private static boolean isFailure(String status) {
        return Integer.parseInt(status) >= 400;
    }

    private static APIResponse reference(String name) {
        return OASFactory.createAPIResponse().ref("#/components/responses/" + name);
    }

    private static Stream<Parameter> parameters(Operation operation) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .map(SharedParts::shown);
    }

    /// Returns what is shown of a parameter: it also knows the Java method that it is of.
    private static Parameter shown(Parameter parameter) {
        boolean isRequired = Boolean.TRUE.equals(parameter.getRequired());
        return OASFactory.createParameter()
                .name(parameter.getName())
                .in(parameter.getIn())
                .description(parameter.getDescription())
                .required(isRequired ? true : null)
                .schema(parameter.getSchema());
    }

    private static Map<String, APIResponse> responses(Operation operation) {
        return operation.getResponses().getAPIResponses();
    }

    /// Returns a name for each part that is there more than once, such as `404` and `404-2`: a fifth of the description
    /// is references, so they are short.
    private static <P> Map<P, String> repeated(Stream<P> parts, Function<P, String> name) {
        Map<P, Long> times =
                parts.collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        var names = new LinkedHashMap<P, String>();
        times.forEach((part, count) -> {
            if (count > 1) {
                String wanted = name.apply(part);
                names.put(
                        part,
                        Stream.iterate(1, number -> number + 1)
                                .map(number -> number == 1 ? wanted : wanted + "-" + number)
                                .filter(free -> !names.containsValue(free))
                                .findFirst()
                                .orElseThrow());
            }
        });
        return names;
    }
}
