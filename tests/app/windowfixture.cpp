// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/windowfixture.h"

#include "services/domain/account.h"
#include "services/keychain/memorystore.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "widgets/common/emptystate.h"

#include <QAction>
#include <QJsonArray>
#include <QLabel>
#include <QListView>
#include <QSettings>
#include <QStandardPaths>
#include <QTabBar>
#include <QTest>

#include <algorithm>

const QByteArray WindowFixture::twoClusters = "apiVersion: v1\nkind: Config\ncurrent-context: prod\n"
                                              "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\n"
                                              "users: [{name: ana, user: {token: t}}]\n"
                                              "contexts:\n"
                                              "- {name: local, context: {cluster: c, user: ana}}\n"
                                              "- {name: prod, context: {cluster: c, user: ana}}\n"
                                              "- {name: broken, context: {cluster: nowhere, user: ana}}\n";

void WindowFixture::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"PennantTest"_qs);
    QCoreApplication::setApplicationName(QLatin1String(metaObject()->className()));
}

void WindowFixture::init()
{
    QSettings().clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_opened.clear();
    m_prepareCluster = {};
    m_makeKeychain = []() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<MemoryStore>(); };
    m_isOffline = false;
    m_isViewer = false;
}

void WindowFixture::cleanup()
{
    m_window.reset();
    m_passwords.reset();
    m_catalog.reset();
    m_folder.reset();
}

void WindowFixture::writeKubeconfig(const QByteArray &text)
{
    QFile file(m_folder->filePath(u"config"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

void WindowFixture::open(const MainWindow::Wish &wish)
{
    openOn({m_folder->filePath(u"config"_qs)}, wish);
}

void WindowFixture::openOn(const QStringList &files, const MainWindow::Wish &wish)
{
    m_window.reset();
    m_catalog = std::make_unique<ClusterCatalog>(files);
    m_passwords = std::make_unique<KeptPasswords>(m_makeKeychain, m_clock);
    const auto connect = [this](const ClusterAccess &access,
                             const QString &nameSpace) -> Result<std::unique_ptr<Messaging>> {
        m_opened.append(access.contextName);
        auto cluster = std::make_unique<FakeCluster>();
        m_cluster = cluster.get();
        if (m_prepareCluster)
            m_prepareCluster();
        if (m_isOffline)
            cluster->goOffline();
        if (m_isViewer)
            cluster->isAllowed = [](const Permission &permission) {
                return QStringList{u"get"_qs, u"list"_qs, u"watch"_qs}.contains(permission.verb);
            };
        auto messaging = std::make_unique<Messaging>(std::move(cluster), m_clock,
            Messaging::Options{nameSpace, u"ana@laptop"_qs, access.userName, access.nameSpace,
                {m_passwords.get(), clusterDigest(access), access.contextName}});
        m_messaging = messaging.get();
        return messaging;
    };
    m_window = std::make_unique<MainWindow>(*m_catalog, *m_passwords, m_clock, connect, wish);
    m_window->show();
    m_window->start();
}

void WindowFixture::click(const QString &cluster)
{
    auto *list = find<QListView>("clusterList");
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        if (index.data().toString() == cluster)
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
    }
}

void WindowFixture::closeShown()
{
    m_window->findChild<QAction *>(u"closeClusterAction"_qs)->trigger();
}

void WindowFixture::putRuntime(RuntimeOperation::Kind kind, RuntimeOperation::State state)
{
    RuntimeRecord record;
    record.spec.storageClass = u"standard"_qs;
    record.operation.kind = kind;
    record.operation.state = state;
    const RuntimeManifests manifests(u"pennant-messaging"_qs, record.spec);
    const QString account = defaultAccountName();
    QList<QJsonObject> objects = manifests.services();
    objects << manifests.statefulSet() << manifests.disruptionBudget() << manifests.networkPolicy()
            << manifests.secret(QLatin1String(RuntimeNames::configSecret), u"config"_qs, {}, {})
            << manifests.secret(QLatin1String(RuntimeNames::systemSecret), u"system"_qs, {}, {})
            << manifests.secret(RuntimeNames::clientSecret(account), u"client"_qs, account, {})
            << manifests.secret(RuntimeNames::managementSecret(account), u"management"_qs, account, {})
            << manifests.secret(RuntimeNames::viewingSecret(account), u"viewing"_qs, account, {})
            << record.toConfigMap(u"pennant-messaging"_qs);
    for (const QJsonObject &object : objects)
        m_cluster->put(object);
    m_cluster->put({{u"apiVersion"_qs, u"v1"_qs}, {u"kind"_qs, u"Pod"_qs},
        {u"metadata"_qs,
            QJsonObject{{u"name"_qs, u"nats-0"_qs}, {u"namespace"_qs, u"pennant-messaging"_qs},
                {u"labels"_qs, RuntimeNames::labels()}}},
        {u"spec"_qs, QJsonObject{{u"containers"_qs, QJsonArray{QJsonObject{{u"name"_qs, u"nats"_qs}}}}}},
        {u"status"_qs,
            QJsonObject{
                {u"conditions"_qs, QJsonArray{QJsonObject{{u"type"_qs, u"Ready"_qs}, {u"status"_qs, u"True"_qs}}}}}}});
}

void WindowFixture::eraseRuntime()
{
    const QString nameSpace = u"pennant-messaging"_qs;
    m_cluster->erase({u"apps/v1"_qs, u"StatefulSet"_qs, nameSpace, QLatin1String(RuntimeNames::server)});
    m_cluster->erase({u"v1"_qs, u"Pod"_qs, nameSpace, u"nats-0"_qs});
    m_cluster->erase({u"v1"_qs, u"ConfigMap"_qs, nameSpace, QLatin1String(RuntimeNames::record)});
}

bool WindowFixture::isKeyboardInPage() const
{
    const QWidget *focus = m_window->focusWidget();
    const auto *tabs = shownTabs();
    if (!focus || !tabs || !focus->isVisible() || !focus->isEnabled())
        return false;
    const QList<QWidget *> pages =
        m_window->findChildren<QWidget *>(tabName(Tab(tabs->currentIndex())) + u"Page"_qs); // of every open cluster
    return std::any_of(pages.begin(), pages.end(),
        [focus](const QWidget *page) { return page->isVisible() && (focus == page || page->isAncestorOf(focus)); });
}

QTabBar *WindowFixture::shownTabs() const
{
    const QList<QTabBar *> all = m_window->findChildren<QTabBar *>(u"workspaceTabs"_qs);
    const auto found = std::find_if(all.begin(), all.end(), [](const QTabBar *tabs) { return tabs->isVisible(); });
    return found == all.end() ? nullptr : *found;
}

QString WindowFixture::notice() const
{
    const auto *state = find<EmptyState>("clusterNotice");
    if (!state->isVisible())
        return {};
    QStringList texts;
    for (const QLabel *label : state->findChildren<QLabel *>())
        texts.append(label->text());
    return texts.join(u'\n');
}
