// SPDX-License-Identifier: GPL-3.0-or-later
// Shows Overview and Settings in every state with made-up data: runtime_gallery [STATE [PICTURE.png [WIDTHxHEIGHT
// [light|dark]]]]. Without a picture, a window per state stays open.
#include "services/messaging/runtimeaccess.h"
#include "services/messaging/runtimeroles.h"
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/common/look.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/switch.h"
#include "widgets/overview/overviewview.h"
#include "widgets/settings/settingsview.h"

#include <QApplication>
#include <QDialog>
#include <QPixmap>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>

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
