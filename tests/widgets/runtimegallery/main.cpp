// SPDX-License-Identifier: GPL-3.0-or-later
// Shows Overview and Settings in every state with made-up data: runtime_gallery [STATE [PICTURE.png [WIDTHxHEIGHT
// [light|dark]]]]. Without a picture, a window per state stays open.
#include "services/messaging/runtimeaccess.h"
#include "services/messaging/runtimeroles.h"
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/common/look.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/switch.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/connection/testview.h"
#include "widgets/overview/overviewview.h"
#include "widgets/settings/settingsview.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QPixmap>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

#include <functional>
#include <map>

namespace {

using Make = std::function<QWidget *()>;

Make overview(OverviewState (*state)(), int connectionView = 0)
{
    return [state, connectionView]() -> QWidget * {
        auto *view = new OverviewView;
        view->setState(state());
        view->setNow(QDateTime::currentDateTimeUtc());
        view->findChild<SegmentedChoice *>(QStringLiteral("connectionViewChoice"))->setCurrentIndex(connectionView);
        return view;
    };
}

/// What the test of a connection shows; `failing`: the stage that fails, none when it is past the last.
void showTest(ConnectionCard *card, int failing)
{
    const char *const titles[] = {
        "Tunnel to pod nats-0", "TCP connection to port 4222", "NATS protocol", "TLS", "Login", "JetStream"};
    const char *const notes[] = {"Through the API server and the kubelet of the pod's node.", "",
        "NATS 2.14.9, messages of up to 1.0 MiB, login required",
        "Not offered by the server. The tunnel is encrypted as far as the pod's node; a client inside the cluster is "
        "not.",
        "As default", "Streams: 4, consumers: 9, stored: 21.4 GiB"};
    const QString why = QStringLiteral(
        "The server refused the login of default: user or password is not what it knows. Where the password was "
        "changed a moment ago, this pod may not have it yet: try again in a minute, then look at the pod's log.");
    QList<RuntimeStep> stages;
    for (int i = 0; i < 6; ++i) {
        RuntimeStep stage{{}, QLatin1String(titles[i]), RuntimeStep::State::Waiting, {}, {}, {}};
        if (i <= failing) {
            stage.state = i == failing ? RuntimeStep::State::Failed : RuntimeStep::State::Done;
            stage.elapsed = std::chrono::milliseconds(40 + 310 * i);
            stage.note = i == failing ? why : QLatin1String(notes[i]);
        }
        stages.append(stage);
    }
    card->test()->show();
    card->test()->setTest(stages, false,
        failing < 6
            ? std::optional(Error{Error::Kind::Unauthorized, why, QStringLiteral("Authorization Violation"), {}, {}})
            : std::nullopt);
}

Make examples(const QString &topic)
{
    return [topic]() -> QWidget * {
        QWidget *view = overview(&MadeUp::ready, 2)();
        auto *combo = view->findChild<QComboBox *>(QStringLiteral("exampleTopicCombo"));
        combo->setCurrentIndex(combo->findText(topic));
        return view;
    };
}

Make tested(int failing)
{
    return [failing]() -> QWidget * {
        QWidget *view = overview(&MadeUp::ready)();
        showTest(view->findChild<ConnectionCard *>(), failing);
        return view;
    };
}

/// As on the panel of one account.
Make narrow(int connectionView, int failing)
{
    return [connectionView, failing]() -> QWidget * {
        auto *panel = new QWidget;
        auto *card = new ConnectionCard;
        card->setPicker(false);
        card->setAccounts({MadeUp::accounts().first()});
        card->findChild<SegmentedChoice *>(QStringLiteral("connectionViewChoice"))->setCurrentIndex(connectionView);
        showTest(card, failing);
        auto *layout = new QVBoxLayout(panel);
        layout->addWidget(card);
        layout->addStretch();
        return panel;
    };
}

/// Of whoever has `permissions` and nothing else.
RuntimeAccess accessBy(const QList<Permission> &permissions)
{
    const QString nameSpace = QStringLiteral("pennant-messaging");
    QList<Permission> missing = RuntimeRoles::editorPermissions(nameSpace);
    missing.removeIf([&permissions](const Permission &each) { return permissions.contains(each); });
    return RuntimeAccessReview(nameSpace).judged(missing, QStringLiteral("ana@example.com"));
}

SettingsState settingsOf(const OverviewState &state)
{
    SettingsState settings{state.status, state.freshness, state.viewAccess, Access::yes(), state.enableAccess,
        Access::yes(), MadeUp::storageClasses(), state.usage, QStringLiteral("prod-eu")};
    settings.access = accessBy(RuntimeRoles::editorPermissions(state.status.nameSpace));
    return settings;
}

Make settings(OverviewState (*state)(), const std::function<void(SettingsState &)> &change = {},
    const std::function<void(SettingsView *)> &act = {})
{
    return [state, change, act]() -> QWidget * {
        SettingsState shown = settingsOf(state());
        if (change)
            change(shown);
        auto *view = new SettingsView;
        view->setState(shown);
        if (act)
            QTimer::singleShot(50, view, [view, act] { act(view); });
        return view;
    };
}

RuntimeAccess viewersAccess()
{
    return accessBy(RuntimeRoles::viewerPermissions(QStringLiteral("pennant-messaging")));
}

void lookOnly(SettingsState &state)
{
    state.access = viewersAccess();
    state.writeAccess = state.enableAccess = state.access.write;
    state.disableAccess = state.access.remove;
}

void withoutRoles(SettingsState &state)
{
    lookOnly(state);
    state.status.rolesProblem = QStringLiteral(
        "User “bo” may not create roles in namespace pennant-messaging. Ask whoever administers the cluster for the "
        "permission.");
}

OverviewState viewed()
{
    OverviewState state = MadeUp::ready();
    state.revealAccess = viewersAccess().reveal;
    state.revealGrant = RuntimeRoles::grantText(state.revealAccess.missing, viewersAccess().user);
    return state;
}

void editEverything(SettingsView *view)
{
    view->findChild<QSpinBox *>(QStringLiteral("storageEdit"))->setValue(120);
    view->findChild<SegmentedChoice *>(QStringLiteral("replicasChoice"))->setCurrentIndex(0);
    view->findChild<Switch *>(QStringLiteral("webSocketSwitch"))->setChecked(false);
}

void refuse(SettingsView *view)
{
    view->setEnableOutcome(fail(Error{Error::Kind::Forbidden,
        QStringLiteral("You may not create namespaces on this cluster. Ask an administrator to create "
                       "pennant-messaging, then submit again."),
        QStringLiteral("namespaces is forbidden: User \"ana\" cannot create resource \"namespaces\""),
        {{QStringLiteral("storageGibibytes"), QStringLiteral("The quota of the namespace leaves 5 Gi.")}}, {}}));
}

void leaveUnanswered(SettingsView *view)
{
    view->setSending(true);
    view->setWaited(std::chrono::seconds(13));
}

OverviewState noVolume()
{
    OverviewState state = MadeUp::failed();
    state.status.isNoVolumeBound = true;
    return state;
}

std::map<QString, Make> states()
{
    return {
        {QStringLiteral("overview-absent"), overview(&MadeUp::absent)},
        {QStringLiteral("overview-unbegun"), overview([] {
             OverviewState state = MadeUp::absent();
             state.status.unbegun = UnbegunEnable{QStringLiteral("bo@desk"), QDateTime::currentDateTimeUtc()};
             return state;
         })},
        {QStringLiteral("overview-no-volume"), overview(&noVolume)},
        {QStringLiteral("overview-unread"), overview([] {
             OverviewState state = MadeUp::readyWithoutStreams();
             state.status.pods[0].ready = false;
             state.usageSince = QDateTime::currentDateTimeUtc();
             return state;
         })},
        {QStringLiteral("overview-prerequisites"), overview(&MadeUp::waitingForPrerequisites)},
        {QStringLiteral("overview-provisioning"), overview(&MadeUp::provisioning)},
        {QStringLiteral("overview-failed"), overview(&MadeUp::failed)},
        {QStringLiteral("overview-ready"), overview(&MadeUp::ready)},
        {QStringLiteral("overview-url"), overview(&MadeUp::ready, 1)},
        {QStringLiteral("overview-examples"), overview(&MadeUp::ready, 2)},
        {QStringLiteral("overview-go"), examples(QStringLiteral("Go"))},
        {QStringLiteral("overview-browser"), examples(QStringLiteral("Browser"))},
        {QStringLiteral("overview-deployment"), examples(QStringLiteral("Deployment"))},
        {QStringLiteral("overview-tested"), tested(6)},
        {QStringLiteral("overview-test-failed"), tested(4)},
        {QStringLiteral("connection-narrow"), narrow(0, 4)},
        {QStringLiteral("connection-narrow-examples"), narrow(2, -1)},
        {QStringLiteral("overview-first-stream"), overview(&MadeUp::readyWithoutStreams)},
        {QStringLiteral("overview-deleting"), overview(&MadeUp::deleting)},
        {QStringLiteral("overview-elsewhere"), overview(&MadeUp::drivenElsewhere)},
        {QStringLiteral("overview-stalled"), overview(&MadeUp::stalled)},
        {QStringLiteral("overview-not-permitted"), overview(&MadeUp::notPermitted)},
        {QStringLiteral("overview-overlong"), overview(&MadeUp::overlong)},
        {QStringLiteral("settings-absent"), settings(&MadeUp::absent)},
        {QStringLiteral("settings-refused"), settings(&MadeUp::absent, {}, refuse)},
        {QStringLiteral("settings-no-class"),
            settings(&MadeUp::absent, [](SettingsState &state) { state.storageClasses = QList<StorageClass>{}; })},
        {QStringLiteral("settings-unlisted"),
            settings(&MadeUp::absent,
                [](SettingsState &state) {
                    state.storageClasses =
                        fail(Error::Kind::Forbidden, QStringLiteral("You may not list storage classes."));
                })},
        {QStringLiteral("settings-read-only"), settings(&MadeUp::absent, lookOnly)},
        {QStringLiteral("settings-ready-read-only"), settings(&MadeUp::ready, lookOnly)},
        {QStringLiteral("settings-without-roles"), settings(&MadeUp::ready, withoutRoles)},
        {QStringLiteral("overview-viewer"), overview(&viewed)},
        {QStringLiteral("overview-absent-viewer"), overview([] {
             OverviewState state = MadeUp::absent();
             state.enableAccess = viewersAccess().write;
             state.enableGrant = RuntimeRoles::grantText(state.enableAccess.missing, viewersAccess().user);
             return state;
         })},
        {QStringLiteral("settings-ready"), settings(&MadeUp::ready)},
        {QStringLiteral("settings-changes"), settings(&MadeUp::ready, {}, editEverything)},
        {QStringLiteral("settings-disable"),
            settings(&MadeUp::ready, {},
                [](SettingsView *view) {
                    view->findChild<QPushButton *>(QStringLiteral("disableNatsButton"))->click();
                })},
        {QStringLiteral("settings-provisioning"), settings(&MadeUp::provisioning)},
        {QStringLiteral("settings-failed"), settings(&MadeUp::failed)},
        {QStringLiteral("settings-no-volume"), settings(&noVolume)},
        {QStringLiteral("settings-unanswered"), settings(&MadeUp::ready, {}, leaveUnanswered)},
        {QStringLiteral("settings-overlong"), settings(&MadeUp::overlong)},
    };
}

void savePicture(QWidget *window, const QString &file)
{
    const auto dialog = window->findChild<QDialog *>();
    (dialog ? static_cast<QWidget *>(dialog) : window)->grab().save(file);
    QCoreApplication::quit();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    std::optional<Look::Scheme> scheme;
    if (arguments.size() > 4)
        scheme = arguments[4] == QLatin1String("dark") ? Look::Scheme::Dark : Look::Scheme::Light;
    Look::install(application, scheme);
    QSize size(1212, 780);
    if (arguments.size() > 3) {
        const QStringList sides = arguments[3].split(QLatin1Char('x'));
        size = QSize(sides.value(0).toInt(), sides.value(1).toInt());
    }
    for (const auto &[name, make] : states()) {
        if (arguments.size() > 1 && arguments[1] != name)
            continue;
        QWidget *window = make();
        window->setAttribute(Qt::WA_DeleteOnClose);
        window->setWindowTitle(name);
        window->resize(size);
        window->show();
        if (arguments.size() > 2)
            QTimer::singleShot(400, window, [window, file = arguments[2]] { savePicture(window, file); });
    }
    return application.exec();
}
