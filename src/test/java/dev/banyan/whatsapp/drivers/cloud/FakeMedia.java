package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import dev.banyan.platform.Digests;

/// Files at Meta: uploads live 30 days, what contacts sent 7 days, and an address 5 minutes.
final class FakeMedia {

    private static final Duration ADDRESS = Duration.ofMinutes(5);
    private static final Duration UPLOADED = Duration.ofDays(30);
    private static final Duration RECEIVED = Duration.ofDays(7);
    private static final long MIB = 1_024 * 1_024;
    private static final String MARK = "5f0c";

    record Kept(String id, String type, String name, byte[] bytes, Instant until) {

        String hex() {
            return HexFormat.of().formatHex(Digests.sha256(bytes));
        }
    }

    private final Map<String, Kept> files = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(700_000_000_000_000L);
    private final Clock clock;
    private volatile int redirects;
    private volatile boolean isDamaged;

    FakeMedia(Clock clock) {
        this.clock = clock;
    }

    void redirects(int hops) {
        redirects = hops;
    }

    void damages(boolean damaged) {
        isDamaged = damaged;
    }

    Kept receive(String type, String name, byte[] bytes) {
        return keep(type, name, bytes, RECEIVED);
    }

    private Kept keep(String type, String name, byte[] bytes, Duration life) {
        String id = String.valueOf(ids.incrementAndGet());
        var kept = new Kept(id, type, name, bytes, clock.instant().plus(life));
        files.put(id, kept);
        return kept;
    }

    FakeResponse upload(FakeRequest request) {
        List<FakeForm.Part> parts = FakeForm.parse(request);
        String product =
                field(parts, "messaging_product").map(FakeForm.Part::text).orElse("");
        if (!product.equals("whatsapp")) {
            throw new FakeErrors.Refused(100, "The parameter messaging_product is required.");
        }
        FakeForm.Part file = field(parts, "file")
                .filter(part -> part.file().isPresent())
                .orElseThrow(() -> new FakeErrors.Refused(100, "The parameter file is required."));
        long most = most(file.type());
        if (most == 0) {
            throw new FakeErrors.Refused(100, "Param file must be a file with one of the supported types.");
        }
        if (file.body().length > most) {
            throw new FakeErrors.Refused(131053, "The file is larger than " + most + " bytes.");
        }
        Kept kept = keep(file.type(), file.file().orElse(""), file.body(), UPLOADED);
        return FakeResponse.ok(GraphJson.object().put("id", kept.id()));
    }

    private static Optional<FakeForm.Part> field(List<FakeForm.Part> parts, String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static long most(String type) {
        return switch (type) {
            case "image/jpeg", "image/png" -> 5 * MIB;
            case "image/webp" -> 500 * 1_024L;
            case "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "video/mp4", "video/3gpp" ->
                16 * MIB;
            case "application/pdf", "text/plain", "application/zip", "image/gif" -> 100 * MIB;
            default -> 0;
        };
    }

    Optional<Kept> find(String id) {
        return Optional.ofNullable(files.get(id)).filter(kept -> clock.instant().isBefore(kept.until()));
    }

    String address(String root, String id) {
        long until = clock.instant().plus(ADDRESS).getEpochSecond();
        return root + "/whatsapp_business/attachments/?mid=" + id + "&ext=" + until + "&hash=" + MARK;
    }

    FakeResponse resolve(String root, Kept kept) {
        return FakeResponse.ok(GraphJson.object()
                .put("messaging_product", "whatsapp")
                .put("url", address(root, kept.id()))
                .put("mime_type", kept.type())
                .put("sha256", kept.hex())
                .put("file_size", kept.bytes().length)
                .put("id", kept.id()));
    }

    FakeResponse delete(Kept kept) {
        files.remove(kept.id());
        return FakeResponse.success();
    }

    /// @param elsewhere another name of this server
    FakeResponse download(FakeRequest request, boolean isAllowed, String elsewhere) {
        Map<String, String> query = request.query();
        int hop = Integer.parseInt(query.getOrDefault("hop", "0"));
        if (hop == 0 && !isAllowed) {
            return new FakeResponse(200, "text/html", "<html>Log in</html>".getBytes(StandardCharsets.UTF_8), Map.of());
        }
        if (hop < redirects) {
            return FakeResponse.moved(elsewhere + "/whatsapp_business/attachments/?"
                    + request.uri().getRawQuery().replaceAll("&hop=\\d+", "") + "&hop=" + (hop + 1));
        }
        boolean isOver = clock.instant().getEpochSecond() > Long.parseLong(query.getOrDefault("ext", "0"));
        Optional<Kept> kept = find(query.getOrDefault("mid", ""));
        if (isOver || kept.isEmpty() || !MARK.equals(query.get("hash"))) {
            return new FakeResponse(404, "text/html", new byte[0], Map.of());
        }
        return FakeResponse.file(
                kept.get().type(), isDamaged ? new byte[] {1, 2, 3} : kept.get().bytes());
    }
}
