// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/consumertablemodel.h"
#include "models/streamtablemodel.h"
#include "services/domain/assetfields.h"
#include "tests/e2e/othertools.h"
#include "tests/e2e/watchedapplication.h"
#include "tests/e2e/windowtest.h"
#include "tests/support/rawnats.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <functional>

namespace {

/// Asked for by PENNANT_MANY_ASSETS: they take minutes to make. Without it there is a tenth of them.
bool isWhole()
{
    static const bool isAsked = qEnvironmentVariableIsSet("PENNANT_MANY_ASSETS");
    return isAsked;
}

const int streamCount = isWhole() ? 10'000 : 1000;
constexpr int consumersEach = 10;
const int consumerCount = streamCount * consumersEach;
const int filledStreams = streamCount / 10; ///< have messages
const int selectedStream = streamCount / 2 + 5;
const int strippedStream = streamCount * 6 / 10; ///< loses its consumers
const int crowdedStream = streamCount * 7 / 10; ///< gets as many again
const int editedStream = isWhole() ? 998 : 95; ///< has four messages
constexpr int atOnce = 500; ///< requests of the independent client
const int changedStreams = streamCount / 100;

const QString messagingNamespace = QStringLiteral("pennant-messaging");
const QString password = QStringLiteral("the password of many-0815");

using Requests = QList<std::pair<QByteArray, QByteArray>>;

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString streamName(int number)
{
    return QStringLiteral("S-%1").arg(number, 5, 10, QLatin1Char('0'));
}

StreamId streamId(int number)
{
    return {text("default"), streamName(number)};
}

QString subjectStem(int number)
{
    return QStringLiteral("s.%1").arg(number, 5, 10, QLatin1Char('0'));
}

QString consumerName(int number)
{
    return QStringLiteral("worker-%1").arg(number);
}

QJsonObject streamConfig(int number)
{
    return {{text("name"), streamName(number)}, {text("subjects"), QJsonArray{subjectStem(number) + text(".>")}}};
}

/// Of every ten, half read the whole stream, and half one subject each.
QJsonObject consumerConfig(int stream, const QString &name, int number)
{
    QJsonObject config{{text("durable_name"), name}, {text("name"), name}, {text("ack_policy"), text("explicit")}};
    if (number >= consumersEach / 2)
        config[text("filter_subject")] = QStringLiteral("%1.%2").arg(subjectStem(stream)).arg(number);
    return config;
}

std::pair<QByteArray, QByteArray> consumerRequest(int stream, const QString &name, int number)
{
    const QString subject = QStringLiteral("$JS.API.CONSUMER.CREATE.%1.%2").arg(streamName(stream), name);
    const QString filter = consumerConfig(stream, name, number)[text("filter_subject")].toString();
    return {(filter.isEmpty() ? subject : subject + u'.' + filter).toLatin1(),
        json({{text("stream_name"), streamName(stream)}, {text("config"), consumerConfig(stream, name, number)},
            {text("action"), text("create")}})};
}

/// All of them on the subject that the first of the filtered consumers reads.
quint64 messagesIn(int stream)
{
    return stream < filledStreams ? quint64(stream % 7) : 0;
}

quint64 pendingOf(int stream, int consumer)
{
    return consumer <= consumersEach / 2 ? messagesIn(stream) : 0;
}

/// Of this process, in MiB.
int residentMemory()
{
    QFile status(text("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = status.readAll();
    const QByteArray rest = all.mid(all.indexOf("VmRSS:") + 6);
    return rest.left(rest.indexOf("kB")).trimmed().toInt() / 1024;
}

/// Once it is there, also where something stands in its place.
template <typename T> T *hidden(const char *objectName)
{
    T *found = nullptr;
    const bool isThere = QTest::qWaitFor(
        [&] {
            for (QWidget *window : QApplication::topLevelWidgets()) {
                if (!found)
                    found = window->findChild<T *>(text(objectName));
            }
            return found != nullptr;
        },
        60'000);
    return isThere ? found : nullptr;
}

/// As the program runs: QTest's own waits look at events every 10 ms, and what takes ten thousand questions would take
/// minutes.
bool waitFor(const std::function<bool()> &condition, int seconds = 60)
{
    QElapsedTimer since;
    since.start();
    bool isTrue = condition();
    while (!isTrue && !since.hasExpired(qint64(seconds) * 1000)) {
        QEventLoop loop;
        QTimer::singleShot(20, &loop, &QEventLoop::quit);
        loop.exec();
        isTrue = condition(); // out of any handler: it is none of those that are measured
    }
    return isTrue;
}

} // namespace

/// A real server that holds 10,000 streams and 100,000 consumers (or a tenth), and the window that reads them. What it
/// takes is told and not judged: it is another on each machine.
class ManyAssetsTest final : public WindowTest {
    Q_OBJECT

public:
    explicit ManyAssetsTest(WatchedApplication &application)
        : m_application(application)
    {
    }

private:
    WatchedApplication &m_application;
    std::unique_ptr<OtherTools::Forward> m_forward;
    std::unique_ptr<RawNats> m_nats;
    StreamTableModel *m_streams = nullptr;
    ConsumerTableModel *m_consumers = nullptr;
    std::unique_ptr<QSignalSpy> m_streamResets;
    std::unique_ptr<QSignalSpy> m_consumerResets;

    QJsonObject ask(const QString &subject) const
    {
        const QByteArray said = m_nats->ask("$JS.API." + subject.toLatin1(), "_INBOX.test");
        const auto begin = said.indexOf('{');
        return QJsonDocument::fromJson(said.mid(begin, said.lastIndexOf('}') - begin + 1)).object();
    }

    /// Empty where the server took all of it.
    QByteArray askAll(const Requests &requests) const
    {
        for (qsizetype begin = 0; begin < requests.size(); begin += atOnce) {
            const QByteArray said = m_nats->askAll(requests.mid(begin, atOnce), "_INBOX.test");
            for (const char *refusal : {"\"error\"", "-ERR", "(no answer)"}) {
                if (const auto at = said.indexOf(refusal); at >= 0) {
                    qInfo("%s",
                        qPrintable(OtherTools::kubectl({text("get"), text("pod"), text("nats-0"), text("-n"),
                            messagingNamespace, text("-o"), text("jsonpath={.status.containerStatuses}")})));
                    return "after " + QByteArray::number(begin) + ": " + said.mid(at, 300);
                }
            }
        }
        return {};
    }

    void tell(const char *what, qint64 milliseconds = -1)
    {
        const WatchedApplication::Handlers handlers = m_application.takeHandlers();
        const QString took = milliseconds < 0 ? QString() : QStringLiteral("%1 s; ").arg(double(milliseconds) / 1000);
        qInfo("%s: %sthe longest handler took %.1f ms (%s), %d took longer than a frame; %d MiB", what,
            qPrintable(took), handlers.longest, qPrintable(handlers.longestOf), handlers.overFrame, residentMemory());
    }

    template <typename Model> Model *watched(const char *table, std::unique_ptr<QSignalSpy> &resets)
    {
        auto *view = hidden<QTableView>(table);
        auto *model = view ? qobject_cast<Model *>(view->model()) : nullptr;
        if (model)
            resets = std::make_unique<QSignalSpy>(model, &QAbstractItemModel::modelReset);
        return model;
    }

    /// All that the filter lets through, and nothing else, in that order.
    template <typename Model, typename IsIn, typename IsBefore>
    static bool shows(const Model &model, IsIn isIn, IsBefore isBefore)
    {
        const auto &all = model.rows();
        if (model.isArranging() || std::count_if(all.cbegin(), all.cend(), isIn) != model.rowCount())
            return false;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (!isIn(model.rowAt(row)) || (row > 0 && isBefore(model.rowAt(row), model.rowAt(row - 1))))
                return false;
        }
        return true;
    }

    static bool hasMorePending(const Consumer &left, const Consumer &right) { return left.pending > right.pending; }

private Q_SLOTS:
    void enablesNats()
    {
        openWindow();
        m_driver->click(text("overviewEnableButton"));
        m_driver->choose(text("storageClassCombo"), text("standard"));
        m_driver->type(text("storageEdit"), text("1"));
        m_driver->press(text("replicasChoice"), text("1"));
        m_driver->type(text("clientPasswordEdit"), password);
        m_driver->click(text("enableNatsButton"));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge"), 300), qPrintable(m_driver->failure()));
        closeWindow();
    }

    /// A server with that many of them needs more memory than the 2 GiB that Enable lets it have: it is killed at some
    /// 40,000 consumers. Who runs one gives it more, and that is left as it is.
    void somebodyGivesItMemory()
    {
        const QJsonObject container{{text("name"), text("nats")},
            {text("resources"), QJsonObject{{text("limits"), QJsonObject{{text("memory"), text("12Gi")}}}}},
            {text("env"), QJsonArray{QJsonObject{{text("name"), text("GOMEMLIMIT")}, {text("value"), text("10GiB")}}}}};
        const QJsonObject pod{{text("spec"), QJsonObject{{text("containers"), QJsonArray{container}}}}};
        const QJsonObject patch{{text("spec"), QJsonObject{{text("template"), pod}}}};
        bool isOk = false;
        OtherTools::kubectl({text("patch"), text("statefulset"), text("nats"), text("-n"), messagingNamespace,
                                text("-p"), QString::fromUtf8(json(patch))},
            &isOk);
        QVERIFY(isOk);
        OtherTools::kubectl({text("rollout"), text("status"), text("statefulset/nats"), text("-n"), messagingNamespace,
                                text("--timeout=300s")},
            &isOk);
        QVERIFY(isOk);
        m_forward = std::make_unique<OtherTools::Forward>(messagingNamespace, text("pod/nats-0"), 4222);
        m_nats = std::make_unique<RawNats>(quint16(m_forward->localPort()), text("default"), SecretString(password));
        QVERIFY(m_nats->isOpen());
        m_nats->subscribe("_INBOX.test");
    }

    void othersMakeThem()
    {
        QElapsedTimer since;
        since.start();
        Requests requests;
        for (int stream = 0; stream < streamCount; ++stream)
            requests.append({"$JS.API.STREAM.CREATE." + streamName(stream).toLatin1(), json(streamConfig(stream))});
        QCOMPARE(askAll(requests), QByteArray());
        qInfo("%d streams are there after %lld ms", streamCount, since.restart());
        requests.clear();
        for (int stream = 0; stream < streamCount; ++stream) {
            for (int number = 0; number < consumersEach; ++number)
                requests.append(consumerRequest(stream, consumerName(number), number));
        }
        QCOMPARE(askAll(requests), QByteArray());
        qInfo("%d consumers are there after %lld ms", consumerCount, since.restart());
        requests.clear();
        for (int stream = 0; stream < filledStreams; ++stream) {
            for (quint64 message = 0; message < messagesIn(stream); ++message)
                requests.append({subjectStem(stream).toLatin1() + ".5", "{}"});
        }
        QCOMPARE(askAll(requests), QByteArray());
        const QJsonObject account = ask(text("INFO"));
        QCOMPARE(account[text("streams")].toInt(), streamCount);
        QCOMPARE(account[text("consumers")].toInt(), consumerCount);
    }

    /// The rows that are known are filtered and sorted as the person wants while others are still read.
    void showsRowsWhileTheyAreRead()
    {
        m_application.takeHandlers();
        QElapsedTimer since;
        since.start();
        openWindow();
        m_driver->openTab(text("Streams"));
        m_streams = watched<StreamTableModel>("streamTable", m_streamResets);
        QVERIFY(m_streams);
        QVERIFY(waitFor([this] { return m_streams->rowCount() > 0; }));
        tell("the first streams", since.elapsed());
        QVERIFY2(!isWhole() || m_streams->rows().size() < streamCount, "the first rows came with the last ones");
        m_driver->openTab(text("Consumers"));
        m_consumers = watched<ConsumerTableModel>("consumerTable", m_consumerResets);
        QVERIFY(m_consumers);
        QVERIFY(waitFor([this] { return m_streams->rows().size() == streamCount; }, 120));
        tell("all streams", since.elapsed());
        QVERIFY(waitFor([this] { return m_consumers->rowCount() > 0; }));
        tell("the first consumers", since.elapsed());
        const qsizetype known = m_consumers->rows().size();
        QVERIFY2(!isWhole() || known < consumerCount, "the first rows came with the last ones");
        m_driver->type(text("consumerFilterEdit"), text("worker-5 s-00"));
        hidden<QTableView>("consumerTable")->sortByColumn(ConsumerTableModel::PendingColumn, Qt::DescendingOrder);
        const auto isIn = [](const Consumer &consumer) {
            return consumer.id.name == text("worker-5") && consumer.id.stream.name.startsWith(text("S-00"));
        };
        QVERIFY(waitFor([&] { return m_consumers->rowCount() > 5 && shows(*m_consumers, isIn, hasMorePending); }));
        QVERIFY2(!isWhole() || m_consumers->rows().size() < consumerCount, "all were there before the filter was");
        tell("filtered and sorted while they come", since.elapsed());
        m_driver->screenshot(text("many-consumers-coming"));
        QVERIFY(waitFor([this] { return m_consumers->rows().size() == consumerCount; }, 300));
        tell("all consumers", since.elapsed());
        QVERIFY(waitFor([&] { return shows(*m_consumers, isIn, hasMorePending); }));
        QCOMPARE(m_consumers->rowCount(), 1000); // S-00000 to S-00999
    }

    void hasAllAsTheServerHas()
    {
        for (int stream = 0; stream < streamCount; ++stream) {
            const Stream &row = m_streams->rows().at(stream);
            QCOMPARE(row.id, streamId(stream));
            QCOMPARE(row.messages, messagesIn(stream));
            QCOMPARE(row.consumerCount, consumersEach);
            for (int number = 0; number < consumersEach; ++number) {
                const Consumer &consumer = m_consumers->rows().at(stream * consumersEach + number);
                QCOMPARE(consumer.id, (ConsumerId{streamId(stream), consumerName(number)}));
                QCOMPARE(consumer.pending, pendingOf(stream, number));
            }
        }
        for (int stream = 3; stream < streamCount; stream += 499) {
            const QJsonObject theirs = ask(text("STREAM.INFO.") + streamName(stream));
            const Stream ours = *m_streams->find(streamId(stream));
            // the list leaves out what the server itself writes into metadata
            QCOMPARE(changesBetween(theirs[text("config")].toObject(), ours.config), QList<FieldChange>());
            QCOMPARE(ours.messages, quint64(theirs[text("state")].toObject()[text("messages")].toInteger()));
            const QString name = consumerName(stream % consumersEach);
            const QJsonObject theirConsumer = ask(text("CONSUMER.INFO.") + streamName(stream) + u'.' + name);
            const Consumer ourConsumer = *m_consumers->find({streamId(stream), name});
            QCOMPARE(
                changesBetween(theirConsumer[text("config")].toObject(), ourConsumer.config), QList<FieldChange>());
            QCOMPARE(ourConsumer.pending, quint64(theirConsumer[text("num_pending")].toInteger()));
        }
    }

    void followsWhatIsTyped()
    {
        auto *view = m_driver->find<QTableView>(text("consumerTable"));
        m_application.takeHandlers();
        QElapsedTimer since;
        since.start();
        m_driver->type(text("consumerFilterEdit"), text(isWhole() ? "s-0420 worker-7" : "s-0042 worker-7"));
        const auto isIn = [](const Consumer &consumer) {
            return consumer.id.name == text("worker-7")
                && consumer.id.stream.name.startsWith(text(isWhole() ? "S-0420" : "S-0042"));
        };
        QVERIFY(waitFor([&] { return shows(*m_consumers, isIn, hasMorePending); }));
        QCOMPARE(m_consumers->rowCount(), 10);
        tell("a filter typed", since.restart());
        QTest::keySequence(m_driver->find<QWidget>(text("consumerFilterEdit")), QKeySequence::SelectAll);
        QTest::keyClick(m_driver->find<QWidget>(text("consumerFilterEdit")), Qt::Key_Delete);
        const auto any = [](const Consumer &) { return true; };
        QVERIFY(waitFor([&] { return shows(*m_consumers, any, hasMorePending); }));
        tell("and taken away, of all sorted by pending", since.restart());
        QCOMPARE(m_consumers->rowAt(0).pending, 6u);
        m_driver->screenshot(text("many-consumers"));
        view->sortByColumn(ConsumerTableModel::NameColumn, Qt::DescendingOrder);
        QVERIFY(waitFor([&] {
            return shows(*m_consumers, any,
                [](const Consumer &left, const Consumer &right) { return left.id.name > right.id.name; });
        }));
        tell("another order", since.restart());
        view->setFocus();
        QTest::keyClick(view, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(view->currentIndex().row(), consumerCount - 1);
        QVERIFY(view->visualRect(view->currentIndex()).intersects(view->viewport()->rect()));
        QCOMPARE(m_consumers->rowAt(consumerCount - 1).id.name, consumerName(0));
        tell("to the end", since.restart());
    }

    void keepsTheSelectionWhileOthersChangeThem()
    {
        auto *view = m_driver->find<QTableView>(text("consumerTable"));
        const ConsumerId chosen{streamId(selectedStream), consumerName(3)};
        view->selectRow(m_consumers->indexOf(chosen).row());
        m_application.takeHandlers();
        QElapsedTimer since;
        since.start();
        Requests requests;
        for (int stream = streamCount / 2; stream < streamCount / 2 + changedStreams; ++stream)
            requests.append({subjectStem(stream).toLatin1() + ".5", "{}"});
        for (int number = 0; number < consumersEach; ++number) {
            const QString gone =
                QStringLiteral("$JS.API.CONSUMER.DELETE.%1.%2").arg(streamName(strippedStream), consumerName(number));
            requests.append({gone.toLatin1(), {}});
            requests.append(consumerRequest(crowdedStream, QStringLiteral("extra-%1").arg(number), number));
        }
        QCOMPARE(askAll(requests), QByteArray());
        const auto isFollowed = [this] {
            int pending = 0;
            int gone = 0;
            int added = 0;
            for (int number = 0; number < changedStreams; ++number) {
                const ConsumerId all{streamId(streamCount / 2 + number), consumerName(0)};
                pending += m_consumers->find(all)->pending == 1 ? 1 : 0;
            }
            for (int number = 0; number < consumersEach; ++number) {
                gone += m_consumers->find({streamId(strippedStream), consumerName(number)}) ? 0 : 1;
                added += m_consumers->find({streamId(crowdedStream), QStringLiteral("extra-%1").arg(number)}) ? 1 : 0;
            }
            return pending == changedStreams && gone == consumersEach && added == consumersEach;
        };
        QVERIFY(waitFor(isFollowed, 300));
        tell("what others changed", since.elapsed());
        QCOMPARE(m_consumers->rows().size(), consumerCount);
        QVERIFY(waitFor([this] { return m_consumers->rowCount() == consumerCount; }));
        QVERIFY(view->currentIndex().isValid());
        QCOMPARE(m_consumers->rowAt(view->currentIndex().row()).id, chosen);
        QCOMPARE(view->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(m_consumers->find(chosen)->pending, 1u);
        for (int number = 0; number < changedStreams; ++number)
            QCOMPARE(m_streams->find(streamId(streamCount / 2 + number))->messages, 1u);
        QCOMPARE(m_streams->find(streamId(strippedStream))->consumerCount, 0);
        QCOMPARE(m_streams->find(streamId(crowdedStream))->consumerCount, 2 * consumersEach);
    }

    void changesOneOfThem()
    {
        m_driver->openTab(text("Streams"));
        m_application.takeHandlers();
        QElapsedTimer since;
        since.start();
        m_driver->type(text("streamFilterEdit"), streamName(editedStream).toLower());
        QVERIFY(waitFor([this] { return m_streams->rowCount() == 1; }));
        tell("a stream found", since.restart());
        auto *view = m_driver->find<QTableView>(text("streamTable"));
        view->selectRow(0);
        view->setFocus();
        QTest::keyClick(view, Qt::Key_F2);
        tell("its form", since.restart());
        m_driver->type(text("streamMaxMessagesEdit"), text("3"));
        tell("a limit typed", since.restart());
        m_driver->screenshot(text("many-streams-edit"));
        m_driver->click(text("createEditedStreamButton"));
        QVERIFY(waitFor([this] { return m_streams->find(streamId(editedStream))->messages == 3; }, 120));
        tell("and applied", since.restart());
        const QJsonObject config = ask(text("STREAM.INFO.") + streamName(editedStream))[text("config")].toObject();
        QCOMPARE(config[text("max_msgs")].toInt(), 3);
        QCOMPARE(config[text("subjects")].toArray(), streamConfig(editedStream)[text("subjects")].toArray());
    }

    void makesOneMore()
    {
        m_driver->openTab(text("Consumers"));
        m_application.takeHandlers();
        QElapsedTimer since;
        since.start();
        m_driver->click(text("newConsumerButton"));
        tell("the form of a new consumer", since.restart());
        m_driver->choose(text("consumerStreamCombo"), text("S-00012 · default"));
        tell("its stream chosen among all", since.restart());
        m_driver->type(text("consumerNameEdit"), text("latecomer"));
        tell("its name typed", since.restart());
        m_driver->click(text("createConsumerButton"));
        const ConsumerId made{streamId(12), text("latecomer")};
        QVERIFY(waitFor([&] { return m_consumers->find(made).has_value(); }, 120));
        tell("and created", since.restart());
        QCOMPARE(ask(text("CONSUMER.INFO.S-00012.latecomer"))[text("num_pending")].toInt(), int(messagesIn(12)));
    }

    void countsThemElsewhere()
    {
        m_driver->openTab(text("Overview"));
        QVERIFY2(
            m_driver->shows(QLocale().toString(streamCount), text("usageFactList")), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(QLocale().toString(consumerCount + 1), text("usageFactList")),
            qPrintable(m_driver->failure()));
        m_driver->openTab(text("Accounts"));
        QVERIFY2(
            m_driver->shows(QLocale().toString(streamCount), text("accountTable")), qPrintable(m_driver->failure()));
    }

    /// As somebody leaves it open.
    void staysQuietInEachTab()
    {
        for (const char *tab : {"Overview", "Accounts", "Consumers", "Settings", "Streams"}) {
            m_driver->openTab(text(tab));
            m_application.takeHandlers();
            waitFor([] { return false; }, 20);
            tell(tab);
        }
        m_driver->type(text("streamFilterEdit"), text("s"));
        QVERIFY(waitFor([this] { return m_streams->rowCount() == streamCount; }));
        m_driver->screenshot(text("many-streams"));
        QCOMPARE(m_streamResets->count(), 0);
        QCOMPARE(m_consumerResets->count(), 0);
    }

    void cleanupTestCase()
    {
        m_nats.reset();
        m_forward.reset();
    }
};

int main(int argc, char **argv)
{
    WatchedApplication application(argc, argv);
    prepareTestApplication(application);
    ManyAssetsTest test(application);
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_manyassets.moc"
