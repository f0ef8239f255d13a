// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfigreading.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

QByteArray kubeconfig(const QByteArray &user)
{
    return "clusters: [{name: k, cluster: {server: 'https://h', certificate-authority: ca.crt}}]\n"
           "users: [{name: u, user: {"
        + user + "}}]\ncontexts: [{name: c, context: {cluster: k, user: u}}]\n";
}

} // namespace

class KubeconfigReadingTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString write(const char *name, const QByteArray &content) const
    {
        QFile file(m_folder->filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", name);
        return file.fileName();
    }

    /// As if the files had been left alone for long when `reading` was made; without its contexts, so that it shows
    /// whether they were read again.
    static KubeconfigReading remembered(KubeconfigReading reading)
    {
        reading.isSettled = true;
        reading.contexts.clear();
        return reading;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsFilesAndSaysWhatToWatch()
    {
        const QString file = write("config", kubeconfig("token: t"));
        const QString missing = m_folder->filePath(QStringLiteral("missing"));
        const KubeconfigReading reading = readKubeconfig({file, missing});
        QVERIFY(reading.isRead);
        QVERIFY(reading.isOther({}));
        QCOMPARE(reading.contexts.size(), 1);
        QCOMPARE(reading.kubeconfig.problems().size(), 1);
        QCOMPARE(reading.toWatch, QStringList({file, m_folder->path()}));
    }

    void watchesForTheFolderOfAFileThatIsMissing()
    {
        QCOMPARE(readKubeconfig({m_folder->filePath(QStringLiteral("not/yet/config"))}).toWatch,
            QStringList{m_folder->path()});
    }

    void opensNoFileThatIsAsItWas()
    {
        const QString file = write("config", kubeconfig("token: t"));
        const KubeconfigReading before = remembered(readKubeconfig({file}));
        write("config.lock", "");
        const KubeconfigReading again = readKubeconfig({file}, before);
        QVERIFY(again.contexts.isEmpty());
        QVERIFY(!again.isOther(before));
    }

    void readsAgainWhatHasChanged()
    {
        const QString file = write("config", kubeconfig("token: t"));
        const KubeconfigReading before = remembered(readKubeconfig({file}));
        write("config", kubeconfig("token: longer"));
        const KubeconfigReading changed = readKubeconfig({file}, before);
        QCOMPARE(changed.contexts.size(), 1);
        QVERIFY(changed.isOther(before));

        QFile::remove(file);
        const KubeconfigReading gone = readKubeconfig({file}, remembered(changed));
        QVERIFY(gone.contexts.isEmpty());
        QCOMPARE(gone.kubeconfig.problems().size(), 1);
        QVERIFY(gone.isOther(changed));
    }

    void readsAnotherListOfFiles()
    {
        const QString one = write("one", kubeconfig("token: t"));
        const QString two = write("two", "contexts: [{name: d, context: {cluster: k, user: u}}]\n");
        const KubeconfigReading before = remembered(readKubeconfig({one}));
        QCOMPARE(readKubeconfig({one, two}, before).contexts.size(), 2);
    }

    /// Within the same tick of the file system's clock it may be changed again, to something of the same size.
    void doesNotTrustAFileThatHasJustBeenChanged()
    {
        const QString file = write("config", kubeconfig("token: t"));
        KubeconfigReading before = readKubeconfig({file});
        QVERIFY(!before.isSettled);
        before.contexts.clear();
        const KubeconfigReading again = readKubeconfig({file}, before);
        QCOMPARE(again.contexts.size(), 1);
        QVERIFY(!again.isOther(before));
    }

    void seesThatANamedFileHasChanged_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("certificate authority") << QByteArray("ca.crt");
        QTest::newRow("client certificate") << QByteArray("me.crt");
        QTest::newRow("client key") << QByteArray("me.key");
        QTest::newRow("token") << QByteArray("token");
    }

    void seesThatANamedFileHasChanged()
    {
        QFETCH(QByteArray, name);
        const QString file =
            write("config", kubeconfig("client-certificate: me.crt, client-key: me.key, tokenFile: token"));
        const KubeconfigReading before = remembered(readKubeconfig({file}));
        write(name.constData(), "another");
        const KubeconfigReading again = readKubeconfig({file}, before);
        QVERIFY(again.isOther(before));
        QVERIFY(again.contexts.isEmpty());
    }
};

QTEST_GUILESS_MAIN(KubeconfigReadingTest)
#include "tst_kubeconfigreading.moc"
