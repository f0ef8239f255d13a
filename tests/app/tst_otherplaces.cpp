// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustersettings.h"
#include "app/namespacebutton.h"
#include "app/namespacedialog.h"
#include "services/messaging/clustersurvey.h"
#include "services/messaging/runtimenames.h"
#include "tests/app/windowfixture.h"
#include "widgets/common/banner.h"
#include "widgets/common/field.h"

#include <QDialog>
#include <QLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

/// In which namespace of a cluster Messaging is shown.
class OtherPlacesTest final : public WindowFixture {
    Q_OBJECT

private:
    void putRecord(const QString &nameSpace)
    {
        RuntimeRecord record;
        record.spec.storageClass = u"standard"_qs;
        record.operation.kind = RuntimeOperation::Kind::Enable;
        record.operation.state = RuntimeOperation::State::Done;
        m_cluster->put(record.toConfigMap(nameSpace));
    }
    /// With runtimes in `nameSpaces`.
    void openWith(const QStringList &nameSpaces, const MainWindow::Wish &wish = {})
    {
        writeKubeconfig(twoClusters);
        m_prepareCluster = [this, nameSpaces] {
            for (const QString &nameSpace : nameSpaces)
                putRecord(nameSpace);
        };
        open(wish);
    }
    QString shownNameSpace() const { return m_messaging ? m_messaging->options().nameSpace : QString(); }
    /// What the menu offers, opened anew.
    QStringList offered()
    {
        delete find<QMenu>("namespaceMenu");
        find<NamespaceButton>("namespaceButton")->click();
        return offeredNow();
    }
    QStringList offeredNow() const
    {
        QStringList texts;
        for (const QAction *action : find<QMenu>("namespaceMenu")->actions()) {
            if (action->isCheckable())
                texts.append(action->text());
        }
        return texts;
    }
    NamespaceDialog *askForAName()
    {
        find<NamespaceButton>("namespaceButton")->click();
        auto *menu = find<QMenu>("namespaceMenu");
        menu->actions().last()->trigger();
        menu->close();
        return find<NamespaceDialog>("namespaceDialog");
    }
    Banner *elsewhere() const { return find<Banner>("elsewhereBanner"); }
    ClusterSettings settings() const { return ClusterSettings(m_catalog->idOfContext(u"prod"_qs)); }

private Q_SLOTS:
    void showsTheDefaultWhereThereIsNone();
    void followsTheOnlyOne();
    void staysWhereOneIs();
    void offersWhereSeveralAre();
    void staysWhereAPersonPutIt();
    void looksWhereItIsToldTo();
    void findsOutThatNatsWasEnabledMeanwhile();
    void asksForAName();
    void saysNothingOfWhatIsNotKnown();
    void seesThatItIsDisabledElsewhere();
    void staysWhileANameIsAskedFor();
    void asksForNoNameOfWhatIsNoLongerShown();
    void asksBeforeWhatWasEnteredIsLost();
    void looksAgainWhereNobodyAnsweredAtFirst();
    void remembersTheVersion();
};

void OtherPlacesTest::showsTheDefaultWhereThereIsNone()
{
    openWith({});
    QTRY_COMPARE(m_catalog->entry(m_catalog->idOfContext(u"prod"_qs))->serverVersion, u"v1.36.2"_qs);
    QCOMPARE(shownNameSpace(), u"pennant-messaging"_qs);
    QVERIFY(!elsewhere()->isVisible());
    QVERIFY(settings().foundNameSpace().isEmpty());
}

void OtherPlacesTest::followsTheOnlyOne()
{
    openWith({u"team-a"_qs});
    QTRY_COMPARE(shownNameSpace(), u"team-a"_qs);
    QCOMPARE(m_opened, QStringList({u"prod"_qs, u"prod"_qs}));
    QCOMPARE(find<NamespaceButton>("namespaceButton")->text(), u"in team-a"_qs);
    QVERIFY(!elsewhere()->isVisible());
    // the next start looks there first
    openWith({u"team-a"_qs});
    QCOMPARE(shownNameSpace(), u"team-a"_qs);
    QTest::qWait(50);
    QCOMPARE(m_opened.size(), 3);
    // and follows it again
    openWith({u"team-b"_qs});
    QTRY_COMPARE(shownNameSpace(), u"team-b"_qs);
}

void OtherPlacesTest::staysWhereOneIs()
{
    openWith({u"pennant-messaging"_qs, u"team-a"_qs});
    QTRY_COMPARE(settings().foundNameSpace(), u"pennant-messaging"_qs);
    QVERIFY(!elsewhere()->isVisible());
    auto *button = find<NamespaceButton>("namespaceButton");
    button->click();
    auto *menu = find<QMenu>("namespaceMenu");
    QVERIFY(menu);
    const QList<QAction *> actions = menu->actions();
    QCOMPARE(actions[0]->text(), u"pennant-messaging"_qs);
    QVERIFY(actions[0]->isChecked());
    QCOMPARE(actions[1]->text(), u"team-a"_qs);
    actions[1]->trigger();
    QTRY_COMPARE(shownNameSpace(), u"team-a"_qs);
}

void OtherPlacesTest::offersWhereSeveralAre()
{
    openWith({u"team-a"_qs, u"team-b"_qs});
    QTRY_VERIFY(elsewhere()->isVisible());
    QVERIFY2(elsewhere()->text().contains(u"team-a, team-b"_qs), qPrintable(elsewhere()->text()));
    QCOMPARE(shownNameSpace(), u"pennant-messaging"_qs);
    elsewhere()->actionButton()->click();
    auto *menu = find<QMenu>("namespaceMenu");
    QVERIFY(menu && menu->isVisible());
    menu->actions()[1]->trigger();
    QTRY_COMPARE(shownNameSpace(), u"team-b"_qs);
    QCOMPARE(settings().chosenNameSpace(), u"team-b"_qs);
}

void OtherPlacesTest::staysWhereAPersonPutIt()
{
    writeKubeconfig(twoClusters);
    m_catalog = std::make_unique<ClusterCatalog>(QStringList{m_folder->filePath(u"config"_qs)});
    settings().setChosenNameSpace(u"team-b"_qs);
    openWith({u"team-a"_qs});
    QTRY_VERIFY(elsewhere()->isVisible());
    QCOMPARE(shownNameSpace(), u"team-b"_qs);
    elsewhere()->actionButton()->click();
    QTRY_COMPARE(shownNameSpace(), u"team-a"_qs);
    QVERIFY(!elsewhere()->isVisible());
}

void OtherPlacesTest::looksWhereItIsToldTo()
{
    openWith({u"team-a"_qs}, {{}, {}, u"team-b"_qs});
    QTRY_VERIFY(elsewhere()->isVisible());
    QCOMPARE(shownNameSpace(), u"team-b"_qs);
    QVERIFY(settings().chosenNameSpace().isEmpty());
    QVERIFY(settings().foundNameSpace().isEmpty());
}

/// Enabled here since the cluster was opened.
void OtherPlacesTest::findsOutThatNatsWasEnabledMeanwhile()
{
    openWith({});
    const auto shownText = [this] {
        find<NamespaceButton>("namespaceButton")->click();
        auto *menu = find<QMenu>("namespaceMenu");
        const QString text = menu->actions().value(0)->text();
        delete menu;
        return text;
    };
    QTRY_COMPARE(shownText(), u"pennant-messaging (NATS is not enabled there)"_qs);
    putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
    const auto found = [this] {
        m_clock.advance(std::chrono::milliseconds(100));
        return settings().foundNameSpace();
    };
    QTRY_COMPARE(found(), u"pennant-messaging"_qs);
    QCOMPARE(shownText(), u"pennant-messaging"_qs);
}

void OtherPlacesTest::asksForAName()
{
    openWith({});
    NamespaceDialog *dialog = askForAName();
    QVERIFY(dialog && dialog->isVisible());
    auto *edit = dialog->findChild<QLineEdit *>(u"namespaceEdit"_qs);
    auto *show = dialog->findChild<QPushButton *>(u"showNamespaceButton"_qs);
    edit->clear();
    QVERIFY(!show->isEnabled());
    QVERIFY(!show->accessibleDescription().isEmpty()); // says why
    edit->setText(u"Team A"_qs);
    QVERIFY(!show->isEnabled());
    QVERIFY(dialog->findChild<Field *>()->hasError());
    // what is wrong is read whole
    QTRY_VERIFY(dialog->height() >= dialog->layout()->totalHeightForWidth(dialog->width()));
    edit->setText(u"team-a"_qs);
    QVERIFY(!dialog->findChild<Field *>()->hasError());
    show->click();
    QTRY_COMPARE(shownNameSpace(), u"team-a"_qs);
}

void OtherPlacesTest::saysNothingOfWhatIsNotKnown()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { m_cluster->isAllowed = [](const Permission &) { return false; }; };
    open();
    QCOMPARE(offered(), QStringList({u"pennant-messaging"_qs}));
    QTRY_VERIFY(m_messaging->survey().runtimeNamespaces()); // looked where it is likely, and saw nothing
    QCOMPARE(offered(), QStringList({u"pennant-messaging"_qs}));
}

void OtherPlacesTest::seesThatItIsDisabledElsewhere()
{
    openWith({u"team-a"_qs, u"team-b"_qs, u"team-c"_qs});
    QTRY_VERIFY(elsewhere()->isVisible());
    const auto disableIn = [this](const QString &nameSpace) {
        m_cluster->erase({u"v1"_qs, u"ConfigMap"_qs, nameSpace, QLatin1String(RuntimeNames::record)});
    };
    disableIn(u"team-b"_qs);
    m_clock.advance(std::chrono::minutes(1));
    QTRY_VERIFY2(elsewhere()->text().contains(u"team-a, team-c"_qs), qPrintable(elsewhere()->text()));
    disableIn(u"team-c"_qs);
    QVERIFY(offered().contains(u"team-c"_qs)); // as it was known
    QTRY_VERIFY(!offeredNow().contains(u"team-c"_qs));
    delete find<QMenu>("namespaceMenu");
    const QPointer<Banner> banner = elsewhere();
    const QPointer<FakeCluster> prod = m_cluster;
    click(u"local"_qs);
    prod->erase({u"v1"_qs, u"ConfigMap"_qs, u"team-a"_qs, QLatin1String(RuntimeNames::record)});
    click(u"prod"_qs);
    QVERIFY(banner->isVisible());
    QTRY_VERIFY(!banner->isVisible());
}

void OtherPlacesTest::staysWhileANameIsAskedFor()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] {
        putRecord(u"team-a"_qs);
        m_cluster->delay = [this](const ApiRequest &request) {
            return request.path == u"/version"_qs ? m_clock.sleep(std::chrono::seconds(1))
                                                  : Pending<void>::answered({});
        };
    };
    open();
    const QPointer<NamespaceDialog> dialog = askForAName();
    QVERIFY(dialog && dialog->isVisible());
    m_clock.advance(std::chrono::seconds(1));
    QTRY_VERIFY(elsewhere()->isVisible());
    QCoreApplication::processEvents(); // what was to follow from the same answer
    QCOMPARE(shownNameSpace(), u"pennant-messaging"_qs);
    QVERIFY(dialog && dialog->isVisible());
}

void OtherPlacesTest::asksForNoNameOfWhatIsNoLongerShown()
{
    openWith({});
    const QPointer<NamespaceDialog> dialog = askForAName();
    QVERIFY(dialog);
    Q_EMIT find<NamespaceButton>("namespaceButton")->chosen(u"team-a"_qs);
    QTRY_VERIFY(find<QDialog>("discardDialog"));
    find<QPushButton>("discardButton")->click();
    QTRY_COMPARE(shownNameSpace(), u"team-a"_qs);
    QVERIFY(!dialog);
}

void OtherPlacesTest::asksBeforeWhatWasEnteredIsLost()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done); };
    open();
    shownTabs()->setCurrentIndex(int(Tab::Streams));
    const QPointer<QLineEdit> name = find<QLineEdit>("streamNameEdit");
    QVERIFY(name);
    QTest::keyClicks(name, u"orders"_qs);
    const auto choose = [this] { Q_EMIT find<NamespaceButton>("namespaceButton")->chosen(u"team-a"_qs); };
    choose();
    QTRY_VERIFY(find<QDialog>("discardDialog"));
    find<QDialog>("discardDialog")->reject();
    QTRY_VERIFY(!find<QDialog>("discardDialog"));
    QVERIFY(name);
    QCOMPARE(name->text(), u"orders"_qs);
    QCOMPARE(shownNameSpace(), u"pennant-messaging"_qs);
    QVERIFY(settings().chosenNameSpace().isEmpty());
    choose();
    QTRY_VERIFY(find<QDialog>("discardDialog"));
    find<QPushButton>("discardButton")->click();
    QTRY_COMPARE(shownNameSpace(), u"team-a"_qs);
}

void OtherPlacesTest::looksAgainWhereNobodyAnsweredAtFirst()
{
    m_isOffline = true;
    writeKubeconfig(QByteArray(twoClusters).replace("user: ana", "user: ana, namespace: team-a"));
    m_prepareCluster = [this] {
        putRecord(u"team-a"_qs);
        m_cluster->isAllowed = [](const Permission &permission) { return permission.nameSpace == u"team-a"_qs; };
    };
    open();
    QCOMPARE(m_messaging->options().contextNameSpace, u"team-a"_qs);
    QTest::qWait(50);
    QCOMPARE(shownNameSpace(), u"pennant-messaging"_qs);
    m_isOffline = false;
    m_cluster->goOnline();
    QTRY_COMPARE((m_clock.advance(std::chrono::seconds(1)), shownNameSpace()), u"team-a"_qs);
}

void OtherPlacesTest::remembersTheVersion()
{
    openWith({});
    const QString id = m_catalog->idOfContext(u"prod"_qs);
    QTRY_COMPARE(m_catalog->entry(id)->serverVersion, u"v1.36.2"_qs);
    m_window.reset();
    ClusterCatalog later({m_folder->filePath(u"config"_qs)});
    QCOMPARE(later.entry(id)->serverVersion, u"v1.36.2"_qs);
}

QTEST_MAIN(OtherPlacesTest)
#include "tst_otherplaces.moc"
