// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/fields.h"
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/common/banner.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/switch.h"
#include "widgets/settings/settingsview.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <algorithm>

namespace {

SettingsState settingsOf(const OverviewState &state)
{
    return {state.status, state.freshness, state.viewAccess, Access::yes(), state.enableAccess, Access::yes(),
        MadeUp::storageClasses(), state.usage, QStringLiteral("prod-eu")};
}

} // namespace

class TestSettingsView final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void beginsWithTheDefaultClassAndAGeneratedPassword();
    void submitsTheDraft();
    void pointsAtWhatIsWrong();
    void showsTheServersErrorsAtTheirFields();
    void warnsOfAPasswordThatStandsEncodedInUrls();
    void forgetsThePasswordOnceRecorded();
    void takesATypedClassWhereNoneCanBeListed();
    void refusesWithoutAnyClass();
    void waitsForTheClassesToBeRead();
    void saysWhyEnableIsNotAllowed();
    void waitsForThePermissionsQuietly();
    void keepsTheDraftWhenTheClusterChanges();
    void showsWhatRunsWithTheClassFixed();
    void showsWhatRunsWhereThatChangedOutOfSight();
    void plansChangesAndDiscardsThem();
    void locksWhileAnOperationRuns();
    void saysOfAnOperationWhatItsButtonsAllow();
    void saysForHowLongTheServerHasNotAnswered();
    void leadsToAnotherClassWhileNoVolumeIsBound();
    void saysWhatARequestThatHasNotBegunIsReplacedBy();
    void disablesOnlyWithTheNameTyped();
    void saysWhyDisableIsNotAllowed();
    void saysBeforeDisableWhatBecomesOfTheNamespace();
    void warnsThatThePodsShareANode();
    void namesTheClusterAndTheNamespaceThatDisableIsFor();
    void locksEveryInputWithoutWriteAccess();
    void makesAPasswordOnceWriteAccessIsGranted();
    void refusesASizeBeyondTheLimitsAndKeepsIt_data();
    void refusesASizeBeyondTheLimitsAndKeepsIt();
    void saysHowMuchOfAVolumeStreamsMayFill();
    void limitsWhatIsTyped();
    void showsWhereTheKeyboardIs_data();
    void showsWhereTheKeyboardIs();

private:
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_view->findChild<Widget *>(QLatin1String(name));
    }
    QString errorOf(const char *control) const
    {
        return qobject_cast<Field *>(child<QWidget>(control)->parentWidget())->error();
    }
    QString passwordError() const
    {
        return qobject_cast<Field *>(child<QWidget>("clientPasswordEdit")->parentWidget()->parentWidget())->error();
    }
    QString password() const { return child<QLineEdit>("clientPasswordEdit")->text(); }
    void enable() { child<QPushButton>("enableNatsButton")->click(); }

    std::unique_ptr<SettingsView> m_view;
    QList<EnableRequest> m_requests;
    QList<RuntimeIdentity> m_disabled;
};

void TestSettingsView::init()
{
    m_requests.clear();
    m_disabled.clear();
    m_view = std::make_unique<SettingsView>();
    connect(m_view.get(), &SettingsView::enableRequested, this,
        [this](const EnableRequest &request) { m_requests.append(request); });
    connect(m_view.get(), &SettingsView::disableRequested, this,
        [this](const RuntimeIdentity &confirmed) { m_disabled.append(confirmed); });
    m_view->setState(settingsOf(MadeUp::absent()));
    m_view->show();
}

void TestSettingsView::beginsWithTheDefaultClassAndAGeneratedPassword()
{
    QCOMPARE(m_view->draft(), (RuntimeSpec{QStringLiteral("fast-ssd"), 10, 3, false}));
    QCOMPARE(child<QLineEdit>("clientPasswordEdit")->echoMode(), QLineEdit::Password);
    const QString first = password();
    QVERIFY(validateClientPassword(first).isEmpty());
    child<QToolButton>("generatePasswordButton")->click();
    QVERIFY(password() != first);
}

void TestSettingsView::submitsTheDraft()
{
    child<QComboBox>("storageClassCombo")->setCurrentIndex(1);
    child<QSpinBox>("storageEdit")->setValue(40);
    child<SegmentedChoice>("replicasChoice")->setCurrentData(5);
    child<Switch>("webSocketSwitch")->setChecked(true);
    child<QLineEdit>("clientPasswordEdit")->setText(QStringLiteral("typed by a person"));
    enable();
    QCOMPARE(m_requests.size(), 1);
    QCOMPARE(m_requests[0].spec, (RuntimeSpec{QStringLiteral("slow"), 40, 5, true}));
    QCOMPARE(m_requests[0].clientPassword.reveal(), QStringLiteral("typed by a person"));
}

void TestSettingsView::pointsAtWhatIsWrong()
{
    child<QLineEdit>("clientPasswordEdit")->setText(QStringLiteral("short"));
    enable();
    QVERIFY(m_requests.isEmpty());
    QCOMPARE(passwordError(), validateClientPassword(QStringLiteral("short")).first().message);
    child<QLineEdit>("clientPasswordEdit")->setText(QStringLiteral("long enough now"));
    QVERIFY(passwordError().isEmpty());
}

void TestSettingsView::showsTheServersErrorsAtTheirFields()
{
    m_view->setEnableOutcome(fail(Error{Error::Kind::Invalid, QStringLiteral("The cluster refused."), {},
        {{QStringLiteral("storageGibibytes"), QStringLiteral("Over quota.")},
            {QStringLiteral("metadata.name"), QStringLiteral("Is taken.")}},
        {}}));
    QCOMPARE(errorOf("storageEdit"), QStringLiteral("Over quota."));
    const auto *message = child<InlineMessage>("enableErrorMessage");
    QVERIFY(message->isVisible());
    QCOMPARE(message->title(), QStringLiteral("The cluster refused. Is taken."));
    child<QSpinBox>("storageEdit")->setValue(5);
    QVERIFY(errorOf("storageEdit").isEmpty());
    QVERIFY(!password().isEmpty());
}

void TestSettingsView::warnsOfAPasswordThatStandsEncodedInUrls()
{
    auto *edit = child<QLineEdit>("clientPasswordEdit");
    const QString warning = QStringLiteral("user and password separately");
    QVERIFY(!edit->accessibleDescription().contains(warning));
    edit->setText(QStringLiteral("p@ss:w/$x#%{é"));
    QVERIFY2(edit->accessibleDescription().contains(warning), qPrintable(edit->accessibleDescription()));
    child<QToolButton>("generatePasswordButton")->click();
    QVERIFY(!edit->accessibleDescription().contains(warning));
}

void TestSettingsView::forgetsThePasswordOnceRecorded()
{
    enable();
    m_view->setEnableOutcome({});
    QVERIFY(password().isEmpty());
    QVERIFY(passwordError().isEmpty());
    m_view->setState(settingsOf(MadeUp::provisioning()));
    QVERIFY(!child<QLineEdit>("clientPasswordEdit")->isVisible());
    m_view->setState(settingsOf(MadeUp::absent()));
    QVERIFY(!password().isEmpty());
}

void TestSettingsView::takesATypedClassWhereNoneCanBeListed()
{
    SettingsState state = settingsOf(MadeUp::absent());
    state.storageClasses = fail(Error::Kind::Forbidden, QStringLiteral("You may not list storage classes."));
    m_view->setState(state);
    auto *combo = child<QComboBox>("storageClassCombo");
    QVERIFY(combo->isEditable());
    QVERIFY(combo->accessibleDescription().contains(QStringLiteral("You may not list storage classes.")));
    combo->setEditText(QStringLiteral(" by-name "));
    QCOMPARE(m_view->draft().storageClass, QStringLiteral("by-name"));
}

void TestSettingsView::refusesWithoutAnyClass()
{
    SettingsState state = settingsOf(MadeUp::absent());
    state.storageClasses = QList<StorageClass>{};
    m_view->setState(state);
    QVERIFY(errorOf("storageClassCombo").contains(QStringLiteral("no storage class")));
    QVERIFY(!child<QPushButton>("enableNatsButton")->isEnabled());
    m_view->setState(settingsOf(MadeUp::absent()));
    QVERIFY(errorOf("storageClassCombo").isEmpty());
    QCOMPARE(m_view->draft().storageClass, QStringLiteral("fast-ssd"));
    QVERIFY(child<QPushButton>("enableNatsButton")->isEnabled());
}

void TestSettingsView::waitsForTheClassesToBeRead()
{
    SettingsState state = settingsOf(MadeUp::absent());
    state.storageClasses = fail(Error::Kind::NotReady, QStringLiteral("The storage classes are being read."));
    m_view->setState(state);
    QVERIFY(!child<QComboBox>("storageClassCombo")->isEditable());
    QVERIFY(errorOf("storageClassCombo").isEmpty());
}

void TestSettingsView::saysWhyEnableIsNotAllowed()
{
    SettingsState state = settingsOf(MadeUp::absent());
    state.enableAccess = Access::no(QStringLiteral("You may not create Secrets."));
    m_view->setState(state);
    QVERIFY(!child<QPushButton>("enableNatsButton")->isEnabled());
    QCOMPARE(child<QPushButton>("enableNatsButton")->toolTip(), QStringLiteral("You may not create Secrets."));
}

void TestSettingsView::waitsForThePermissionsQuietly()
{
    SettingsState state = settingsOf(MadeUp::notPermitted());
    state.isAccessKnown = false;
    m_view->setState(state);
    const auto *unknown = child<QWidget>("settingsUnknownState");
    QVERIFY(unknown->isVisible());
    QCOMPARE(unknown->accessibleName(), QStringLiteral("Checking permissions\u2026"));
    QVERIFY(unknown->accessibleDescription().isEmpty());
}

void TestSettingsView::keepsTheDraftWhenTheClusterChanges()
{
    child<QSpinBox>("storageEdit")->setValue(33);
    child<QComboBox>("storageClassCombo")->setCurrentIndex(1);
    const QString typed = password();
    SettingsState state = settingsOf(MadeUp::absent());
    QList<StorageClass> classes = MadeUp::storageClasses();
    classes.prepend({QStringLiteral("another"), {}, false, false, false});
    state.storageClasses = classes;
    m_view->setState(state);
    QCOMPARE(m_view->draft().storageGibibytes, 33);
    QCOMPARE(m_view->draft().storageClass, QStringLiteral("slow"));
    QCOMPARE(password(), typed);
}

void TestSettingsView::showsWhatRunsWithTheClassFixed()
{
    m_view->setState(settingsOf(MadeUp::ready()));
    QCOMPARE(m_view->draft(), MadeUp::spec());
    QVERIFY(!child<QComboBox>("storageClassCombo")->isEnabled());
    QVERIFY(child<QSpinBox>("storageEdit")->isEnabled());
    QVERIFY(!child<QPushButton>("enableNatsButton")->isVisible());
    QVERIFY(!child<QPushButton>("applyChangesButton")->isVisible());
}

void TestSettingsView::showsWhatRunsWhereThatChangedOutOfSight()
{
    SettingsState state = settingsOf(MadeUp::ready());
    m_view->setState(state);
    state.viewAccess = Access::no(QStringLiteral("You may not list pods."));
    state.status.spec->replicas = 5;
    m_view->setState(state);
    state.viewAccess = Access::yes();
    m_view->setState(state);
    QCOMPARE(m_view->draft(), *state.status.spec);
}

void TestSettingsView::plansChangesAndDiscardsThem()
{
    m_view->setState(settingsOf(MadeUp::ready()));
    child<SegmentedChoice>("replicasChoice")->setCurrentData(1);
    auto *apply = child<QPushButton>("applyChangesButton");
    QVERIFY(apply->isVisible());
    QVERIFY(!apply->isEnabled());
    RuntimeSpec wanted = MadeUp::spec();
    wanted.replicas = 1;
    QCOMPARE(apply->toolTip(), refusedChanges(MadeUp::spec(), wanted).first().message);
    child<QPushButton>("discardChangesButton")->click();
    QCOMPARE(m_view->draft(), MadeUp::spec());
    QVERIFY(!apply->isVisible());
}

void TestSettingsView::locksWhileAnOperationRuns()
{
    m_view->setState(settingsOf(MadeUp::provisioning()));
    const auto *message = child<InlineMessage>("settingsOperationMessage");
    QVERIFY(message->isVisible());
    QVERIFY(message->title().contains(QStringLiteral("Provisioning")));
    for (const char *name : {"storageClassCombo", "storageEdit", "replicasChoice", "webSocketSwitch"})
        QVERIFY2(!child<QWidget>(name)->isEnabled(), name);
    QVERIFY(!child<QWidget>("storageEdit")->toolTip().isEmpty());
    m_view->setState(settingsOf(MadeUp::ready()));
    QVERIFY(!message->isVisible());
    QVERIFY(child<QWidget>("storageEdit")->isEnabled());
}

void TestSettingsView::saysOfAnOperationWhatItsButtonsAllow()
{
    const auto *message = child<InlineMessage>("settingsOperationMessage");
    const auto *disable = child<QPushButton>("disableNatsButton");
    for (const OverviewState &made : {MadeUp::provisioning(), MadeUp::failed()}) {
        SettingsState state = settingsOf(made);
        m_view->setState(state);
        QVERIFY(disable->isEnabled());
        QVERIFY(message->text().contains(QStringLiteral("disable"), Qt::CaseInsensitive));
        QVERIFY(!message->text().contains(QStringLiteral("Nothing can be changed")));
        state.disableAccess = Access::no(QStringLiteral("You may not delete volumes."));
        m_view->setState(state);
        QVERIFY(!disable->isEnabled());
        QVERIFY(!message->text().contains(QStringLiteral("disable"), Qt::CaseInsensitive));
    }
}

void TestSettingsView::saysForHowLongTheServerHasNotAnswered()
{
    using namespace std::chrono_literals;
    m_view->setState(settingsOf(MadeUp::ready()));
    const auto *banner = child<Banner>("unansweredBanner");
    m_view->setSending(true);
    m_view->setWaited(3s);
    QVERIFY(!banner->isVisible());
    m_view->setWaited(13s);
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(QStringLiteral("13 s")), qPrintable(banner->text()));
    m_view->setWaited(14s);
    QVERIFY(banner->text().contains(QStringLiteral("14 s")));
    QVERIFY(child<QPushButton>("disableNatsButton")->toolTip().contains(QStringLiteral("14 s")));
    m_view->setSending(false);
    QVERIFY(!banner->isVisible());
}

void TestSettingsView::leadsToAnotherClassWhileNoVolumeIsBound()
{
    SettingsState state = settingsOf(MadeUp::failed());
    m_view->setState(state);
    const auto *message = child<InlineMessage>("settingsOperationMessage");
    const auto *classes = child<QComboBox>("storageClassCombo");
    const auto says = [this](const QString &part) {
        const auto labels = m_view->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
            [&part](const QLabel *label) { return label->isVisible() && label->text().startsWith(part); });
    };
    QVERIFY(!message->text().contains(QStringLiteral("class")));
    QVERIFY(says(QStringLiteral("Fixed since provisioning")));
    state.status.isNoVolumeBound = true;
    m_view->setState(state);
    QVERIFY(message->text().contains(QStringLiteral("enable it again with another one")));
    QVERIFY(classes->toolTip().contains(QStringLiteral("disable NATS")));
    QVERIFY(says(QStringLiteral("No volume is on it so far")));
}

void TestSettingsView::saysWhatARequestThatHasNotBegunIsReplacedBy()
{
    SettingsState state = settingsOf(MadeUp::absent());
    state.status.unbegun = UnbegunEnable{QStringLiteral("bo@desk"), QDateTime::currentDateTimeUtc()};
    m_view->setState(state);
    const auto labels = m_view->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains(QStringLiteral("bo@desk began to enable NATS"));
    }));
}

void TestSettingsView::disablesOnlyWithTheNameTyped()
{
    auto state = settingsOf(MadeUp::ready());
    state.status.operation = QStringLiteral("the one that was seen");
    m_view->setState(state);
    child<QPushButton>("disableNatsButton")->click();
    auto *dialog = child<QDialog>("confirmByTypingDialog");
    QVERIFY(dialog);
    const RuntimeIdentity seen = state.status.identity();
    state.status.operation = QStringLiteral("another by now");
    m_view->setState(state);
    auto *name = child<QLineEdit>("confirmNameEdit");
    auto *button = child<QPushButton>("confirmDangerButton");
    name->setText(QStringLiteral("pennant"));
    QVERIFY(!button->isEnabled());
    name->setText(QStringLiteral("pennant-messaging"));
    QVERIFY(!button->isEnabled()); // that is what it is called on other clusters too
    name->setText(QStringLiteral("prod-eu"));
    button->click();
    QCOMPARE(m_disabled, QList{seen});
    m_view->setDisableOutcome(fail(Error::Kind::Conflict, QStringLiteral("Somebody else changed it.")));
    QVERIFY(child<InlineMessage>("disableErrorMessage")->isVisible());
}

void TestSettingsView::saysWhyDisableIsNotAllowed()
{
    SettingsState state = settingsOf(MadeUp::ready());
    state.disableAccess = Access::no(QStringLiteral("You may not delete volumes."));
    m_view->setState(state);
    QVERIFY(!child<QPushButton>("disableNatsButton")->isEnabled());
    QCOMPARE(child<QPushButton>("disableNatsButton")->toolTip(), QStringLiteral("You may not delete volumes."));
}

void TestSettingsView::saysBeforeDisableWhatBecomesOfTheNamespace()
{
    int wanted = 0;
    connect(m_view.get(), &SettingsView::namespaceFateWanted, this, [&wanted] { ++wanted; });
    m_view->setState(settingsOf(MadeUp::ready()));
    QCOMPARE(wanted, 0);
    m_view->setNamespaceFate(NamespaceFate()); // nobody is being asked
    child<QPushButton>("disableNatsButton")->click();
    QCOMPARE(wanted, 1);
    const auto *label = child<QLabel>("namespaceFateLabel");
    QVERIFY(label->isVisible());
    QVERIFY(label->text().contains(QStringLiteral("Looking")));
    m_view->setNamespaceFate(NamespaceFate{NamespaceFate::State::Stays, QStringLiteral("It holds a lot.")});
    QCOMPARE(label->text(), QStringLiteral("The namespace pennant-messaging stays. It holds a lot."));
    m_view->setNamespaceFate(fail(Error::Kind::Offline, QStringLiteral("No answer.")));
    QCOMPARE(label->text(), QStringLiteral("Whether the namespace pennant-messaging stays can't be told: No answer."));
}

void TestSettingsView::warnsThatThePodsShareANode()
{
    const auto *message = child<InlineMessage>("crowdingMessage");
    QVERIFY(!message->isVisible()); // nodes can't be listed
    SettingsState state = settingsOf(MadeUp::absent());
    state.nodes = QStringList{QStringLiteral("pi-1")};
    m_view->setState(state);
    QVERIFY(message->isVisible());
    QCOMPARE(message->title(), QStringLiteral("All 3 pods will share one node, pi-1"));
    QVERIFY(child<QPushButton>("enableNatsButton")->isEnabled());
    child<SegmentedChoice>("replicasChoice")->setCurrentData(1);
    QVERIFY(!message->isVisible());
    child<SegmentedChoice>("replicasChoice")->setCurrentData(3);
    QVERIFY(message->isVisible());
    state = settingsOf(MadeUp::ready());
    state.nodes = QStringList{QStringLiteral("pi-1")};
    m_view->setState(state);
    QVERIFY(!message->isVisible());
}

void TestSettingsView::namesTheClusterAndTheNamespaceThatDisableIsFor()
{
    m_view->setState(settingsOf(MadeUp::ready()));
    child<QPushButton>("disableNatsButton")->click();
    const auto *dialog = child<QDialog>("confirmByTypingDialog");
    QCOMPARE(dialog->windowTitle(), QStringLiteral("Disable NATS on prod-eu"));
    QStringList texts;
    for (const QLabel *label : dialog->findChildren<QLabel *>())
        texts.append(label->text());
    const QString said = texts.join(QLatin1Char('\n'));
    QVERIFY2(said.contains(QStringLiteral("On the cluster prod-eu, in namespace pennant-messaging")), qPrintable(said));
}

void TestSettingsView::locksEveryInputWithoutWriteAccess()
{
    const QString reason = QStringLiteral("In namespace pennant-messaging you may not create statefulsets.");
    for (const OverviewState &made : {MadeUp::absent(), MadeUp::ready()}) {
        SettingsView view;
        SettingsState state = settingsOf(made);
        state.writeAccess = state.enableAccess = state.disableAccess = Access::no(reason);
        view.setState(state);
        view.show();
        const auto *message = view.findChild<InlineMessage *>(QStringLiteral("settingsReadOnlyMessage"));
        QVERIFY(message->isVisible());
        QCOMPARE(message->text(), reason);
        for (const char *name : {"storageClassCombo", "storageEdit", "replicasChoice", "webSocketSwitch"}) {
            const auto *input = view.findChild<QWidget *>(QLatin1String(name));
            QVERIFY2(!input->isEnabled(), name);
            QCOMPARE(input->toolTip(), reason);
        }
        const auto *password = view.findChild<QLineEdit *>(QStringLiteral("clientPasswordEdit"));
        QVERIFY(!password->isEnabled());
        QVERIFY(password->text().isEmpty());
        QVERIFY(!view.findChild<QToolButton *>(QStringLiteral("generatePasswordButton"))->isVisible());
        QVERIFY(!view.findChild<QPushButton *>(QStringLiteral("disableNatsButton"))->isEnabled());
        QCOMPARE(view.draft().storageGibibytes, made.status.spec.value_or(RuntimeSpec()).storageGibibytes);
    }
}

void TestSettingsView::makesAPasswordOnceWriteAccessIsGranted()
{
    SettingsView view;
    SettingsState state = settingsOf(MadeUp::absent());
    state.writeAccess = Access::no(QStringLiteral("You may not write."));
    view.setState(state);
    state.writeAccess = Access::yes();
    view.setState(state);
    const auto *edit = view.findChild<QLineEdit *>(QStringLiteral("clientPasswordEdit"));
    const QString made = edit->text();
    QVERIFY(validateClientPassword(made).isEmpty());
    view.setState(state);
    QCOMPARE(edit->text(), made);
}

void TestSettingsView::refusesASizeBeyondTheLimitsAndKeepsIt_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("nothing to store on") << "0";
    QTest::newRow("more than is allowed") << "65537";
}

void TestSettingsView::refusesASizeBeyondTheLimitsAndKeepsIt()
{
    QFETCH(QString, typed);
    auto *edit = child<QSpinBox>("storageEdit");
    QVERIFY(child<QWidget>("storageEdit")->accessibleDescription().contains(QStringLiteral("1 to 65,536 GiB")));
    edit->selectAll();
    QTest::keyClicks(edit, typed);
    enable();
    QVERIFY(m_requests.isEmpty());
    QCOMPARE(edit->value(), typed.toInt());
    QCOMPARE(errorOf("storageEdit"), QStringLiteral("Enter a size from 1 to 65,536 GiB."));
}

void TestSettingsView::saysHowMuchOfAVolumeStreamsMayFill()
{
    child<QSpinBox>("storageEdit")->setValue(40);
    const QString hint = child<QWidget>("storageEdit")->accessibleDescription();
    QVERIFY2(hint.contains(QStringLiteral("85 %")) && hint.contains(QStringLiteral("34.0\u00a0GiB")), qPrintable(hint));
}

void TestSettingsView::limitsWhatIsTyped()
{
    SettingsState state = settingsOf(MadeUp::absent());
    state.storageClasses = fail(Error::Kind::Forbidden, QStringLiteral("You may not list storage classes."));
    m_view->setState(state);
    QCOMPARE(fieldWithoutLimit(*m_view), QString());
}

void TestSettingsView::showsWhereTheKeyboardIs_data()
{
    QTest::addColumn<bool>("isEnabled");
    QTest::newRow("before NATS is enabled") << false;
    QTest::newRow("while it runs") << true;
}

/// Each stop of Tab looks other than without the keyboard.
void TestSettingsView::showsWhereTheKeyboardIs()
{
    QFETCH(bool, isEnabled);
    Look::install(*qApp, Look::Scheme::Light);
    m_view = std::make_unique<SettingsView>();
    m_view->setState(settingsOf(isEnabled ? MadeUp::ready() : MadeUp::absent()));
    m_view->resize(1000, 1400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QApplication::setCursorFlashTime(0);
    QSet<QWidget *> seen;
    for (int stop = 0; stop < 40; ++stop) {
        QTest::keyClick(m_view.get(), Qt::Key_Tab);
        QWidget *focus = QApplication::focusWidget();
        QVERIFY(focus);
        if (seen.contains(focus))
            break;
        seen.insert(focus);
        const QImage with = m_view->grab().toImage();
        focus->clearFocus();
        const QImage without = m_view->grab().toImage();
        QVERIFY2(with != without, focus->metaObject()->className());
        focus->setFocus(Qt::TabFocusReason);
    }
    QVERIFY(seen.size() > 3);
}

QTEST_MAIN(TestSettingsView)
#include "tst_settingsview.moc"
