package dev.banyan.whatsapp.drivers.cloud;

import module java.base;

/// Uploads of examples, which belong to an app and not to a business.
final class FakeTemplateFiles {

    static final String APP = "120000000000001";

    private static final String SESSION = "upload:MTph";

    private final Map<String, Integer> open = new HashMap<>();
    private final Set<String> handles = new HashSet<>();

    synchronized FakeResponse open(FakeRequest request) {
        int length = Integer.parseInt(request.query().getOrDefault("file_length", "0"));
        if (length == 0 || !request.query().containsKey("file_type")) {
            throw new FakeErrors.Refused(100, "file_length and file_type are required");
        }
        String id = SESSION + open.size();
        open.put(id, length);
        return FakeResponse.ok(GraphJson.object().put("id", id + "?sig=ARZq"));
    }

    /// Sessions are let in by another word than all else.
    synchronized FakeResponse receive(FakeRequest request, String token) {
        if (!request.header("authorization").equals(Optional.of("OAuth " + token))) {
            throw new FakeErrors.Refused(190, "Error validating access token");
        }
        String id = request.parts().get(1);
        if (!request.header("file_offset").equals(Optional.of("0"))
                || !Integer.valueOf(request.body().length).equals(open.get(id))) {
            throw new FakeErrors.Refused(100, "Wrong offset or length");
        }
        String handle = "4::aW1hZ2U=:" + id.substring(SESSION.length());
        handles.add(handle);
        return FakeResponse.ok(GraphJson.object().put("h", handle));
    }

    synchronized boolean knows(String handle) {
        return handles.contains(handle);
    }
}
