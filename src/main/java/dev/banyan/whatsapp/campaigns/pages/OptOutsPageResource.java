package dev.banyan.whatsapp.campaigns.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.board.PoolPages;
import dev.banyan.whatsapp.campaigns.OptOuts;
import dev.banyan.whatsapp.campaigns.pages.OptOutsPage.Form;
import dev.banyan.whatsapp.campaigns.pages.OptOutsPage.Row;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Contacts who get no campaigns, and the settings for them.
@Path("/admin/pools/opt-outs")
@RunOnVirtualThread
class OptOutsPageResource {

    private static final String PATH = "/admin/pools/opt-outs";
    private static final int SHOWN = 50;

    private final PoolPages rooms;
    private final OptOuts optOuts;

    OptOutsPageResource(PoolPages rooms, OptOuts optOuts) {
        this.rooms = rooms;
        this.optOuts = optOuts;
    }

    @GET
    public Response show(@Context Call call) {
        return rooms.act(call, "", context -> Html.ok(page(call, context, form(context), FieldErrors.NONE)));
    }

    private Form form(AccountContext context) {
        return Form.of(optOuts.settings(context.root().id()));
    }

    @POST
    public Response save(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("outWords") @DefaultValue("") String outWords,
            @FormParam("inWords") @DefaultValue("") String inWords,
            @FormParam("outAnswer") @DefaultValue("") String outAnswer,
            @FormParam("inAnswer") @DefaultValue("") String inAnswer,
            @FormParam("firstContacts") @DefaultValue("") String firstContacts) {
        var form = new Form(outWords, inWords, outAnswer, inAnswer, firstContacts, "", "");
        return rooms.act(call, as, context -> {
            if (!firstContacts.strip().matches("[0-9]{1,6}")) {
                return again(
                        call,
                        context,
                        form,
                        new FieldErrors(Map.of("firstContactsPerDay", "Enter a whole number, 0 to 10,000.")));
            }
            var wanted = new OptOutSettings(
                    words(outWords),
                    words(inWords),
                    text(outAnswer),
                    text(inAnswer),
                    Integer.parseInt(firstContacts.strip()));
            return optOuts.save(context.root().id(), context.actor(), wanted)
                    .fold(
                            _ -> Html.seeOther(path(context) + "&done=opt-outs-saved"),
                            refusal -> rooms.refused(
                                    call, refusal, invalid -> again(call, context, form, FieldErrors.from(invalid))));
        });
    }

    private static List<String> words(String typed) {
        return typed.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    private static String text(String typed) {
        return typed.replace("\r\n", "\n").strip();
    }

    @POST
    @Path("add")
    public Response add(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("note") @DefaultValue("") String note) {
        return rooms.act(
                call,
                as,
                context -> optOuts.add(context.root().id(), context.actor(), phone, note)
                        .fold(
                                _ -> Html.seeOther(path(context) + "&done=opt-out-added"),
                                refusal -> rooms.refused(
                                        call,
                                        refusal,
                                        invalid -> again(
                                                call,
                                                context,
                                                form(context).with(phone, note),
                                                FieldErrors.from(invalid)))));
    }

    /// Asks first: the contact has said that it wants no campaigns.
    @GET
    @Path("{contactPhone}/remove")
    public Response confirmRemove(@Context Call call, @PathParam("contactPhone") String contactPhone) {
        return rooms.act(
                call,
                "",
                context -> Phone.parse(contactPhone)
                        .flatMap(phone -> optOuts.find(context.root().id(), phone))
                        .map(one -> confirm(call, context, one))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    private Response confirm(Call call, AccountContext context, OptOut one) {
        PageFrame frame = rooms.frame(call, context, "Remove opt-out");
        return Html.ok(Confirmation.asking(
                        "remove",
                        "Send campaigns to <code>{}</code> again?",
                        one.phone().e164())
                .keep("Cancel", PATH + frame.query())
                .under("Numbers", PoolPages.BOARD)
                .under("Opt-outs", PATH)
                .sentence("Do this only if the contact has asked for it:")
                .fact("Campaigns that start from now on include this number")
                .action("Remove opt-out", PATH + "/" + one.phone().digits() + "/remove")
                .on(call, frame, "Remove"));
    }

    @POST
    @Path("{contactPhone}/remove")
    public Response remove(
            @Context Call call,
            @PathParam("contactPhone") String contactPhone,
            @FormParam("as") @DefaultValue("") String as) {
        return rooms.act(
                call,
                as,
                context -> optOuts.remove(context.root().id(), context.actor(), contactPhone)
                        .fold(
                                _ -> Html.seeOther(call, path(context) + "&done=opt-out-removed"),
                                _ -> rooms.unknown(call)));
    }

    private static String path(AccountContext context) {
        return PATH + "?as=" + context.root().username();
    }

    private Response again(Call call, AccountContext context, Form form, FieldErrors errors) {
        return Html.invalid(page(call, context, form, errors));
    }

    private OptOutsPage page(Call call, AccountContext context, Form form, FieldErrors errors) {
        Optional<Phone> after = call.query("after").flatMap(Phone::parse);
        List<OptOut> found = optOuts.list(context.root().id(), after, SHOWN + 1);
        return new OptOutsPage(
                rooms.frame(call, context, "Opt-outs"),
                found.stream().limit(SHOWN).map(Row::of).toList(),
                after.map(_ -> path(context)),
                found.size() > SHOWN
                        ? Optional.of(path(context) + "&after="
                                + found.get(SHOWN - 1).phone().digits())
                        : Optional.empty(),
                form,
                errors);
    }
}
