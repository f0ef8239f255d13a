// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustercatalog.h"

#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace {

QByteArray kubeconfig(const QByteArray &server = "https://127.0.0.1:1")
{
    return "clusters: [{name: c, cluster: {server: '" + server
        + "'}}]\nusers: [{name: ana, user: {token: t}}]\n"
          "contexts: [{name: prod, context: {cluster: c, user: ana}}]\n";
}

} // namespace

/// That each cluster has one entry, whatever becomes of the files it stands in.
class CatalogEntriesTest final : public QObject {
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void listsOnceWhatIsMergedByNow();
    void keepsWhatIsOpenThoughItsContextHasGone_data();
    void keepsWhatIsOpenThoughItsContextHasGone();
    void leavesTheStateOfWhatIsOpenToItsConnection();
};

void CatalogEntriesTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"PennantTest"_qs);
    QCoreApplication::setApplicationName(u"CatalogEntriesTest"_qs);
}

void CatalogEntriesTest::init()
{
    QSettings().clear();
    m_folder = std::make_unique<QTemporaryDir>();
}

void CatalogEntriesTest::cleanup()
{
    qunsetenv("KUBECONFIG");
    QSettings().clear();
}

void CatalogEntriesTest::listsOnceWhatIsMergedByNow()
{
    write(u"config"_qs, "users: [{name: ana, user: {token: t}}]\n");
    write(u"test"_qs, kubeconfig());
    qputenv("KUBECONFIG", path(u"config"_qs).toUtf8());
    ClusterCatalog({}).addFile(path(u"test"_qs));
    QCOMPARE(ClusterCatalog({}).entries().size(), 1);
    qputenv("KUBECONFIG", (path(u"config"_qs) + u':' + path(u"test"_qs)).toUtf8());
    const ClusterCatalog merged({});
    QCOMPARE(merged.entries().size(), 1);
    QCOMPARE(merged.files(), QStringList({path(u"config"_qs), path(u"test"_qs)}));
    // and stays added
    qputenv("KUBECONFIG", path(u"config"_qs).toUtf8());
    QCOMPARE(ClusterCatalog({}).entries().size(), 1);
}

void CatalogEntriesTest::keepsWhatIsOpenThoughItsContextHasGone_data()
{
    QTest::addColumn<QByteArray>("kubeconfig");
    QTest::addColumn<bool>("isReadable");
    QTest::newRow("renamed") << kubeconfig().replace("name: prod", "name: renamed") << true;
    QTest::newRow("unreadable") << QByteArray("contexts: [") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void CatalogEntriesTest::keepsWhatIsOpenThoughItsContextHasGone()
{
    QFETCH(const QByteArray, kubeconfig);
    QFETCH(const bool, isReadable);
    write(u"config"_qs, ::kubeconfig());
    ClusterCatalog catalog({path(u"config"_qs)});
    const QString id = catalog.idOfContext(u"prod"_qs);
    catalog.setState(id, ClusterEntry::State::Online);
    QSignalSpy reloaded(&catalog, &ClusterCatalog::reloaded);
    write(u"config"_qs, kubeconfig);
    catalog.reload();
    QTRY_COMPARE(reloaded.size(), 1);
    QCOMPARE(catalog.entries().size(), 2); // besides: the other context, or the file with the reason
    const auto entry = catalog.entry(id);
    QVERIFY(entry && entry->isOpen());
    QCOMPARE(entry->name, u"prod"_qs);
    const QString why = isReadable ? u"no longer stands in the kubeconfig"_qs : path(u"config"_qs);
    QVERIFY2(entry->problem.contains(why), qPrintable(entry->problem));
    QVERIFY(catalog.resolve(id).error().summary.contains(why));
    catalog.setState(id, ClusterEntry::State::Offline, u"Nobody answers."_qs);
    QCOMPARE(catalog.entry(id)->state, ClusterEntry::State::Offline);
    catalog.setState(id, ClusterEntry::State::Closed);
    QVERIFY(!catalog.entry(id));
}

void CatalogEntriesTest::leavesTheStateOfWhatIsOpenToItsConnection()
{
    write(u"config"_qs, kubeconfig());
    ClusterCatalog catalog({path(u"config"_qs)});
    const QString id = catalog.idOfContext(u"prod"_qs);
    catalog.setState(id, ClusterEntry::State::Online);
    QSignalSpy reloaded(&catalog, &ClusterCatalog::reloaded);
    write(u"config"_qs, kubeconfig().replace("name: ana", "name: eve"));
    catalog.reload();
    QTRY_COMPARE(reloaded.size(), 1);
    QCOMPARE(catalog.entry(id)->state, ClusterEntry::State::Online);
    QVERIFY2(catalog.entry(id)->problem.contains(u"ana"_qs), qPrintable(catalog.entry(id)->problem));
    catalog.setState(id, ClusterEntry::State::Closed);
    QCOMPARE(catalog.entry(id)->state, ClusterEntry::State::Broken);
}

QTEST_GUILESS_MAIN(CatalogEntriesTest)
#include "tst_catalogentries.moc"
