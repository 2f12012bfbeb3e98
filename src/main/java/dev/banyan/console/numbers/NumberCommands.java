package dev.banyan.console.numbers;

import static dev.banyan.console.Command.Group.DEVICES;
import static dev.banyan.console.Command.Group.MESSAGES;
import static dev.banyan.console.Command.Group.NUMBERS;
import static dev.banyan.console.numbers.SenderChoice.Kind.ANY;
import static dev.banyan.console.numbers.SenderChoice.Kind.DEVICE;
import static dev.banyan.console.numbers.SenderChoice.Kind.MASTER;
import static dev.banyan.console.numbers.SenderChoice.Kind.SERVANT;

import module java.base;
import dev.banyan.console.Command;
import dev.banyan.console.Command.Suggestions;
import dev.banyan.console.Frame;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.messages.QueueAction;
import jakarta.inject.Singleton;

/// The commands about numbers and their messages, in the order of `help`: the seed's first, then ours.
@Singleton
public record NumberCommands(
        SenderChoice choice,
        StatusPage status,
        SenderLists lists,
        DeviceCommands devices,
        LinkCommands links,
        SimulatorCommands simulator,
        QueueCommands queue,
        PauseCommands pauses) {

    private static final int WORDS = 20;
    private static final int BULK_WORDS = 1_002;

    public List<Command> all() {
        return List.of(
                DEVICES.command("status", "Show every account and its state", status::show)
                        .taking(0, 1, "[master-id|" + StatusPage.ALL + "]", "amira-nasser")
                        .suggesting((account, before) -> Stream.concat(
                                        choice.ids(MASTER).words(account, before).stream(),
                                        Stream.of(new Frame.Word(StatusPage.ALL, "every number, however many", false)))
                                .toList()),
                DEVICES.command("link master", "Link the master account, or add one and link it", links::linkMaster)
                        .taking(0, WORDS, "[+phone [name]]", "+971500000101 \"Amira Nasser\"")
                        .withUsages("'link master' or 'link master <+phone> [name]'")
                        .suggesting(choice.phones(MASTER).then(Suggestions.of())),
                DEVICES.command("relink master", "Relink the master account", order -> links.relink(order, MASTER))
                        .taking(0, 1, "[+phone]", "+971500000101")
                        .suggesting(choice.devices(MASTER)),
                NUMBERS.command("relink servant", "Relink a servant account", order -> links.relink(order, SERVANT))
                        .taking(1, 1, "<+phone>", "+971500000101")
                        .suggesting(choice.devices(SERVANT)),
                DEVICES.command("relink", "Relink any device", order -> links.relink(order, DEVICE))
                        .taking(1, 1, "<phone>", "+971500000101")
                        .withUsages("'relink master [+phone]' or 'relink servant <+phone>'", "'relink <phone>'")
                        .suggesting(choice.devices(DEVICE)),
                DEVICES.command("code", "Show a pairing code to type on the phone", choice.on(DEVICE, links::pair))
                        .taking(1, 1, "<phone>", "+971500000102")
                        .suggesting(choice.devices(DEVICE)),
                DEVICES.command("device", "Show everything about one device", choice.on(DEVICE, devices::device))
                        .taking(1, 1, "<phone>", "+971500000101")
                        .suggesting(choice.devices(DEVICE)),
                DEVICES.command("list", "List all devices", lists::list),
                DEVICES.command("recover", "Restore a device that was linked before", links::recover)
                        .taking(1, 1, "<+phone-number>", "+971500000102")
                        .suggesting(choice.devices(DEVICE)),
                NUMBERS.command(
                                "health",
                                "Show the health of all devices or one",
                                choice.on(DEVICE, devices::health, status::show))
                        .taking(0, 1, "[+phone]", "+971500000101")
                        .suggesting(choice.devices(DEVICE)),
                NUMBERS.command("watch", "Show the dashboard again every 60 seconds", status::watch)
                        .taking(0, 1, "[seconds]", "10")
                        .withoutJson(),
                NUMBERS.command("masters", "List the master accounts", order -> lists.role(order, MASTER)),
                NUMBERS.command("servants", "List the servant accounts", order -> lists.role(order, SERVANT)),
                NUMBERS.command("accounts", "List all accounts with their status", lists::accounts),
                NUMBERS.command("stats", "Show the statistics of a device", choice.on(DEVICE, devices::stats))
                        .taking(1, 1, "<phone>", "+971500000101")
                        .suggesting(choice.devices(DEVICE)),
                NUMBERS.command(
                                "find",
                                "Find accounts by state, pool, purpose, region, health, tag or text",
                                lists::find)
                        .taking(0, WORDS, "[field=value ...] [text]", "status=linked purpose=support tag=gold")
                        .suggesting((_, _) -> KeyValueArguments.words(SenderQuery.FIELDS)),
                NUMBERS.command(
                                "events",
                                "Show the latest events of all, a pool or a servant",
                                choice.on(ANY, devices::events, devices::events))
                        .taking(0, 1, "[id]", "amira-nasser")
                        .suggesting(choice.ids(ANY)),
                MESSAGES.command("send", "Send a message over a pool, now or later", queue::send)
                        .taking(
                                3,
                                7,
                                "<master-id> <phone> \"<text>\" [--at <time>] [--expires <time>]",
                                "amira-nasser +971500000201 \"Good morning\" --at 2026-12-01T09:00:00+04:00")
                        .suggesting(choice.ids(MASTER)),
                MESSAGES.command("messages", "List messages, with what each waits for", queue::messages)
                        .taking(0, WORDS, "[master-id] [field=value ...]", "amira-nasser state=queued,failed")
                        .suggesting(choice.ids(MASTER)
                                .then((_, _) -> KeyValueArguments.words(List.of("state", "to", "batch")))),
                decision("requeue", "Send failed and uncertain messages again", QueueAction.REQUEUE, "state=failed"),
                decision("give-up", "Mark uncertain messages as failed", QueueAction.GIVE_UP, "state=uncertain"),
                decision("cancel", "Cancel messages that wait", QueueAction.CANCEL, "state=queued"),
                NUMBERS.command("pause", "Pause a number, or a pool", pauses::pause)
                        .taking(1, 3, "[pool] <id> [hold|drain]", "servant-1702324945601 drain")
                        .suggesting(choice.ids(ANY)
                                .then(Suggestions.of(
                                        new Frame.Word("hold", "sends nothing", false),
                                        new Frame.Word("drain", "no new contacts; a pool: no new messages", false)))),
                NUMBERS.command("resume", "Resume a number, or a pool", pauses::resume)
                        .taking(1, 2, "[pool] <id>", "pool amira-nasser")
                        .suggesting(choice.ids(ANY)),
                MESSAGES.command("simulate", "Simulate the phone of a number, or a customer", simulator::simulate)
                        .taking(
                                2,
                                4,
                                "scan|<fault> <id> | message <id> <from-phone> \"<text>\"",
                                "message servant-1702324945601 +971500000201 \"Hello\"")
                        .withUsages(Arrays.stream(Fault.values())
                                .map(Fault::key)
                                .collect(Collectors.joining(
                                        "|", "'simulate scan|", " <id> | message <id> <from-phone> \"<text>\"'")))
                        .suggesting(simulations()),
                MESSAGES.command(
                                "customers",
                                "List the customers of a simulated number",
                                choice.on(ANY, simulator::customers))
                        .taking(1, 1, "<id>", "servant-1702324945601")
                        .suggesting(choice.ids(ANY)));
    }

    private Command decision(String name, String text, QueueAction action, String example) {
        return MESSAGES.command(name, text, order -> queue.decide(order, action))
                .taking(
                        1,
                        BULK_WORDS,
                        "<message-id ...|field=value ...> [--dry-run]",
                        "master=amira-nasser " + example + " --dry-run")
                .suggesting((_, _) -> KeyValueArguments.words(QueueCommands.FIELDS));
    }

    private Suggestions simulations() {
        Stream<Frame.Word> faults =
                Arrays.stream(Fault.values()).map(fault -> new Frame.Word(fault.key(), fault.sentence, false));
        Frame.Word[] first = Stream.of(
                        Stream.of(new Frame.Word(SimulatorCommands.SCAN, "the phone scans the code", false)),
                        faults,
                        Stream.of(new Frame.Word(SimulatorCommands.MESSAGE, "a customer writes to it", false)))
                .flatMap(words -> words)
                .toArray(Frame.Word[]::new);
        return Suggestions.of(first)
                .then((account, before) -> before.size() > 1
                        ? simulator.suggestCustomers(account, before)
                        : choice.ids(ANY).words(account, before));
    }
}
