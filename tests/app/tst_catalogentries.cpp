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

QTEST_GUILESS_MAIN(CatalogEntriesTest)
#include "tst_catalogentries.moc"
