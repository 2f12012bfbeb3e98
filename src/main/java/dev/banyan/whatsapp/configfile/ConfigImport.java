package dev.banyan.whatsapp.configfile;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Parse;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.changes.SenderChanges.Change;
import dev.banyan.whatsapp.configfile.BotsConfigSenders.FileSender;
import dev.banyan.whatsapp.session.NumberCalls;
import jakarta.inject.Singleton;

/// Imports a `bots-config.json`, as a whole or not at all: senders in the file are added or updated; others stay
/// unchanged. Importing the same file again changes nothing.
@Singleton
public record ConfigImport(Database database, SenderChanges changes, Mirrors mirrors, NumberCalls numbers) {

    /// Size limit in bytes; a larger file is refused unread.
    public static final int LARGEST = 10 * 1024 * 1024;

    /// The result of an import.
    public sealed interface Imported {

        /// @param missing how many of the account's senders are not in the file; they stay as they are
        /// @param notes what is strange in the file, in the order of the lines
        /// @param backup the previous file; empty if there was none or nothing changed
        record Done(
                int added, int changed, int unchanged, int missing, List<ConfigConflict> notes, Optional<Path> backup)
                implements Imported {

            public Done(int added, int changed, int unchanged, Optional<Path> backup) {
                this(added, changed, unchanged, 0, List.of(), backup);
            }
        }

        /// Nothing was imported.
        ///
        /// @param conflicts in the order of the lines
        record Conflicts(List<ConfigConflict> conflicts) implements Imported {}

        /// Not JSON. Nothing was imported.
        record Broken(int line, int column, String why) implements Imported {}

        /// JSON, but not a `bots-config.json`. Nothing was imported.
        ///
        /// @param why a full sentence that names what is missing
        record Foreign(String why) implements Imported {}

        record TooLarge(int limit) implements Imported {}
    }

    /// @param renames new ids of senders by those in the file, for ids that already mean another sender here
    public Imported importFile(AccountId tenant, Actor actor, byte[] file, Map<SenderId, SenderId> renames) {
        return importFile(tenant, actor, file, renames, false);
    }

    private Imported importFile(
            AccountId tenant, Actor actor, byte[] file, Map<SenderId, SenderId> renames, boolean mirror) {
        if (file.length > LARGEST) {
            return new Imported.TooLarge(LARGEST);
        }
        try {
            JsonWithLines root = JsonWithLines.read(text(file));
            Map<String, JsonWithLines> members = root.asMembers().orElse(Map.of());
            if (!members.containsKey(BotsConfig.BOTS) && !members.containsKey(BotsConfig.MASTERS)) {
                return new Imported.Foreign("This is not a bots-config.json: it has neither “" + BotsConfig.BOTS
                        + "” nor “" + BotsConfig.MASTERS + "”.");
            }
            boolean ours = mirror || isMirror(members);
            return importRead(
                    tenant,
                    actor,
                    new ImportPlan.Source(
                            BotsConfigReader.read(members, renames, ours),
                            mirror ? lastModified(members).or(() -> Optional.of(Instant.MAX)) : Optional.empty(),
                            ImportPlan.lines(members)));
        } catch (JsonWithLines.Broken broken) {
            return new Imported.Broken(broken.line(), broken.column(), String.valueOf(broken.getMessage()));
        } catch (CharacterCodingException _) {
            return new Imported.Broken(1, 1, "The file is not UTF-8");
        }
    }

    /// Imports the account's own file after it was edited by hand.
    public Optional<Imported> importEdited(AccountId tenant, Actor actor) {
        return mirrors.takeEdited(tenant).map(copy -> {
            Imported imported = importFile(tenant, actor, bytes(copy), Map.of(), true);
            if (imported instanceof Imported.Done) {
                mirrors.editedIsImported(tenant, copy);
            } else {
                mirrors.editedIsRefused(tenant);
            }
            return imported;
        });
    }

    /// Returns whether a file was written by Banyan: an edited export or an edited copy of the account's file.
    private static boolean isMirror(Map<String, JsonWithLines> members) {
        return members.containsKey(BotsConfig.BOTS)
                && members.containsKey(BotsConfig.MASTERS)
                && members.containsKey(BotsConfig.HIERARCHY)
                && lastModified(members).isPresent();
    }

    private static Optional<Instant> lastModified(Map<String, JsonWithLines> members) {
        return Optional.ofNullable(members.get(BotsConfig.METADATA))
                .flatMap(JsonWithLines::asMembers)
                .flatMap(metadata -> Optional.ofNullable(metadata.get("lastModified")))
                .flatMap(JsonWithLines::asText)
                .flatMap(ConfigImport::instant);
    }

    private static Optional<Instant> instant(String text) {
        return Parse.of(text, Instant::parse);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(byte[] file) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(file))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Imported importRead(AccountId tenant, Actor actor, ImportPlan.Source read) {
        ImportPlan seen = database.read(tx -> ImportPlan.of(tx, tenant, read));
        if (!seen.conflicts().isEmpty()) {
            return new Imported.Conflicts(seen.conflicts());
        }
        if (seen.isDone()) {
            return new Imported.Done(
                    0, 0, seen.unchanged(), seen.missing(), read.read().notes(), Optional.empty());
        }
        Optional<Path> backup = mirrors.backUp(tenant);
        var switched = new ArrayList<Sender>();
        Imported imported = changes.write(tenant, change -> {
            switched.clear(); // a transaction that lost a race runs again
            // Plan again, because senders may have changed in the meantime.
            ImportPlan plan = ImportPlan.of(change.tx(), tenant, read);
            if (!plan.conflicts().isEmpty()) {
                return new Imported.Conflicts(plan.conflicts());
            }
            carryOut(change, tenant, plan);
            change.done(
                    actor,
                    "ConfigImported",
                    plan.touched(),
                    Map.of(
                            "added",
                            plan.added().size(),
                            "changed",
                            plan.changed().size()));
            plan.switched().forEach(sender -> switched.add(switched(change, tenant, sender)));
            return new Imported.Done(
                    plan.added().size(),
                    plan.changed().size(),
                    plan.unchanged(),
                    plan.missing(),
                    read.read().notes(),
                    backup);
        });
        switched.forEach(this::carryOn);
        return imported;
    }

    /// Disconnects a sender that is switched off, whatever its WhatsApp state; it may reconnect when it is switched on.
    private static Sender switched(Change change, AccountId tenant, SenderId id) {
        Sender sender = change.store().find(tenant, id).orElseThrow();
        if (sender.enabled() || !sender.state().isActive() && !sender.state().isLinking()) {
            return sender;
        }
        SenderState next = sender.state().isActive() ? SenderState.DISCONNECTED : SenderState.PENDING;
        Sender off = sender.withLink(
                sender.link().became(next, Optional.empty(), Optional.empty(), change.now()), change.now());
        change.store().saveLink(tenant, off);
        return off;
    }

    private void carryOn(Sender switched) {
        if (!switched.enabled()) {
            numbers.forget(switched);
        } else if (switched.mayComeBack()) {
            numbers.connectSoon(switched);
        }
    }

    private static void carryOut(Change change, AccountId tenant, ImportPlan plan) {
        SenderStore store = change.store();
        var file = new ConfigFileStore(change.tx());
        // In the order of the file, a millisecond apart, none in the future.
        Instant created = change.now().minusMillis(plan.added().size());
        for (ImportPlan.Step step : plan.added()) {
            FileSender wanted = step.wanted();
            created = created.plusMillis(1);
            if (!store.insert(tenant, sender(wanted, tenant, created))) {
                throw new IllegalStateException("The plan found “" + wanted.id() + "” and its number free");
            }
            wanted.master().ifPresent(master -> store.addServants(tenant, master, 1, change.now()));
        }
        for (ImportPlan.Step step : plan.changed()) {
            Sender present = step.present().orElseThrow();
            FileSender wanted = step.wanted();
            Sender brought = sender(wanted, tenant, present.createdAt());
            file.bring(tenant, brought, change.now());
            if (wanted.traits().isPresent()) {
                store.tune(tenant, brought, change.now());
            }
            if (!wanted.master().equals(present.masterId())) {
                move(change, brought, present.masterId().orElseThrow());
            }
        }
        plan.added().forEach(step -> file.saveExtras(tenant, step.wanted().id(), step.extras()));
        plan.changed().forEach(step -> file.saveExtras(tenant, step.wanted().id(), step.extras()));
        Stream.concat(plan.added().stream(), plan.changed().stream())
                .map(ImportPlan.Step::wanted)
                .forEach(wanted -> wanted.settings()
                        .ifPresent(
                                settings -> change.poolSettings().save(tenant, wanted.id(), settings, change.now())));
        file.saveConfigFile(tenant, plan.extras().text(), change.now());
    }

    private static void move(Change change, Sender servant, SenderId from) {
        SenderId to = servant.masterId().orElseThrow();
        change.moveWaiting(from, to, Optional.of(servant.id()));
        change.store().move(change.tenant(), servant.id(), to, change.now());
        change.store().addServants(change.tenant(), from, -1, change.now());
        change.store().addServants(change.tenant(), to, 1, change.now());
        change.moved(servant.displayName(), servant.id(), from, to);
    }

    private static Sender sender(FileSender wanted, AccountId tenant, Instant now) {
        return new Sender(
                wanted.id(),
                tenant,
                wanted.master()
                        .<Sender.Role>map(master -> new Sender.Role.Servant(master, wanted.purpose()))
                        .orElseGet(
                                () -> new Sender.Role.Master(wanted.masterType().orElseThrow())),
                wanted.displayName(),
                wanted.phone(),
                DriverKind.SIMULATOR,
                Optional.empty(),
                wanted.enabled(),
                wanted.traits().orElse(SenderOverrides.NONE),
                Sender.Assignment.NONE,
                Sender.Link.none(wanted.state(), now),
                0,
                now,
                now);
    }
}
