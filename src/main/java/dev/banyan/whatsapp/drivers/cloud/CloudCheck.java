package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.connections.RemoteNumber;
import dev.banyan.whatsapp.drivers.Gateway.Checked;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Done;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Failed;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.cloud.CloudSubscriptions.Subscription;

/// What "Check connection" finds. It changes nothing at Meta.
record CloudCheck(GraphCalls graph, CloudStates states, CloudSubscriptions subscriptions) {

    private static final List<String> RIGHTS = List.of("whatsapp_business_messaging", "whatsapp_business_management");

    GatewayAnswer<Checked> check(GatewayAccess gateway) {
        if (GraphCalls.credentials(gateway).token().isBlank()) {
            return GatewayAnswer.failed(Trouble.Kind.CREDENTIALS, "Enter the access token of a system user.");
        }
        var missing = new ArrayList<String>();
        Optional<String> waba = GraphCalls.waba(gateway);
        GatewayAnswer<List<JsonNode>> numbers =
                waba.map(id -> states.numbers(gateway, id, _ -> false)).orElseGet(() -> withoutAccount(gateway));
        if (numbers instanceof Failed<List<JsonNode>>(Trouble trouble)) {
            if (isFatal(trouble)) {
                return new Failed<>(trouble);
            }
            missing.add("The numbers of the WhatsApp Business Account can’t be listed: " + trouble.sentence());
        }
        List<JsonNode> nodes = numbers instanceof Done<List<JsonNode>>(List<JsonNode> found) ? found : List.of();
        waba.ifPresentOrElse(_ -> rights(gateway, missing), () -> missing.add(CloudSubscriptions.NO_WABA));
        secrets(gateway, missing);
        boolean isHere = hooks(gateway, waba, nodes, missing);
        return GatewayAnswer.done(new Checked(
                Optional.of("Graph API " + GraphCalls.version(gateway)),
                Optional.empty(),
                nodes.stream().map(CloudCheck::number).toList(),
                List.copyOf(missing),
                isHere,
                waba.flatMap(id -> portfolio(gateway, id))));
    }

    /// Returns who owns the business account. Meta's limit of new contacts counts for all that is the same owner's.
    private Optional<String> portfolio(GatewayAccess gateway, String waba) {
        return graph.get(gateway, "/" + GraphCalls.encoded(waba) + "?fields=id,owner_business_info")
                        instanceof Done<JsonNode>(JsonNode node)
                ? GraphJson.given(node.path("owner_business_info"), "id")
                : Optional.empty();
    }

    private static RemoteNumber number(JsonNode node) {
        return new RemoteNumber(GraphJson.text(node, "id"), CloudNumbers.status(node));
    }

    /// Without an account there is nothing to list, but a wrong token shows all the same.
    private GatewayAnswer<List<JsonNode>> withoutAccount(GatewayAccess gateway) {
        return switch (graph.get(gateway, "/me?fields=id")) {
            case Failed<JsonNode>(Trouble trouble) when isFatal(trouble) -> new Failed<>(trouble);
            case Failed<JsonNode> _, Done<JsonNode> _ -> GatewayAnswer.done(List.of());
        };
    }

    /// A token that may not list numbers may still send: that is missing, not fatal.
    private static boolean isFatal(Trouble trouble) {
        return switch (trouble.kind()) {
            case UNREACHABLE, TIMED_OUT, ADDRESS_REFUSED, LATER -> true;
            case CREDENTIALS -> CloudErrorTable.isOfToken(trouble.sentence());
            case UNKNOWN, OPERATOR, UNSUPPORTED, REFUSED -> false;
        };
    }

    /// Names rights that the token lacks, as far as Meta tells.
    private void rights(GatewayAccess gateway, List<String> missing) {
        if (graph.get(gateway, "/me/permissions") instanceof Done<JsonNode>(JsonNode answer)) {
            Set<String> granted = new HashSet<>();
            answer.path("data").forEach(right -> {
                if (GraphJson.text(right, "status").equals("granted")) {
                    granted.add(GraphJson.text(right, "permission"));
                }
            });
            if (!granted.isEmpty()) {
                RIGHTS.stream()
                        .filter(right -> !granted.contains(right))
                        .forEach(right -> missing.add("The access token lacks the right " + right
                                + ". Make a new token for the system user with it."));
            }
        }
    }

    private static void secrets(GatewayAccess gateway, List<String> missing) {
        Credentials.Cloud cloud = GraphCalls.credentials(gateway);
        if (cloud.appSecret().isBlank()) {
            missing.add(
                    "Enter the app secret, from Meta’s app dashboard under App settings > Basic: without it, webhooks"
                            + " can’t be verified and are refused.");
        }
        if (cloud.verifyToken().isBlank()) {
            missing.add("Enter a verify token of your choice: Meta repeats it when the webhook address is registered.");
        }
    }

    private boolean hooks(GatewayAccess gateway, Optional<String> waba, List<JsonNode> nodes, List<String> missing) {
        boolean byNumbers =
                !nodes.isEmpty() && nodes.stream().allMatch(node -> CloudSubscriptions.comesHere(gateway, node));
        Optional<Subscription> now = waba.flatMap(id -> switch (subscriptions.of(gateway, id)) {
            case Done<Subscription>(Subscription found) -> Optional.of(found);
            case Failed<Subscription>(Trouble trouble) -> {
                missing.add("We can’t see where webhooks go: " + trouble.sentence());
                yield Optional.empty();
            }
        });
        boolean isHere = byNumbers || now.map(Subscription::isHere).orElse(false);
        if (now.isPresent() && !now.get().isSubscribed()) {
            missing.add(
                    "No app gets the webhooks of this WhatsApp Business Account yet. We subscribe yours when you add"
                            + " a number.");
        }
        if (!CloudSubscriptions.isTaken(gateway)) {
            missing.add(
                    "Meta sends webhooks only to addresses that begin with https:// and have at most 200 characters."
                            + " This server’s is " + gateway.hook() + ".");
        } else if (!isHere) {
            missing.add("Webhooks don’t come here yet. We register the address when you add a number. For changes of"
                    + " the account and of templates, enter it by hand too: " + CloudSubscriptions.byHand(gateway));
        }
        return isHere;
    }
}
