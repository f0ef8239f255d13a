// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/importdialog.h"

#include "services/base/background.h"
#include "services/messaging/streamservice.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/painting.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace {

constexpr int dialogWidth = 640;
constexpr int leastListHeight = 220;

using Fate = PlannedImport::Fate;

QString inJson(const QJsonValue &value)
{
    if (value.isUndefined())
        return ImportDialog::tr("nothing");
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

QString differenceText(const FieldChange &change)
{
    return ImportDialog::tr("%1: there %2, here %3").arg(change.field, inJson(change.before), inJson(change.after));
}

QString wordsOf(const PlannedImport &plan)
{
    QStringList words;
    switch (plan.fate) {
    case Fate::New:
        words.append(ImportDialog::tr("New"));
        break;
    case Fate::Same:
        words.append(ImportDialog::tr("There already, as it is here"));
        break;
    case Fate::Other:
        words.append(ImportDialog::tr("There already, and different; it is left as it is"));
        for (const FieldChange &change : plan.differences)
            words.append(differenceText(change));
        break;
    case Fate::Refused:
        words.append(plan.reason);
        break;
    }
    if (!plan.unknown.isEmpty())
        words.append(ImportDialog::tr("Left out: %1").arg(plan.unknown.join(QStringLiteral(", "))));
    return words.join(QLatin1Char('\n'));
}

} // namespace

ImportDialog::ImportDialog(QList<ImportedStream> streams, const QStringList &accounts, StreamService &service,
    RunningOperations *operations, QWidget *parent)
    : QuestionDialog(tr("Import %1 streams").arg(streams.size()), {}, parent)
    , m_streams(std::move(streams))
    , m_service(service)
    , m_account(new QComboBox(this))
    , m_list(new QScrollArea(this))
    , m_grid(new QGridLayout)
    , m_summary(new WrappingLabel(this))
    , m_import(new QPushButton(this))
    , m_close(new QPushButton(tr("Cancel"), this))
    , m_operations(operations)
{
    setObjectName(QStringLiteral("importDialog"));
    m_account->setObjectName(QStringLiteral("importAccountCombo"));
    m_summary->setObjectName(QStringLiteral("importSummaryLabel"));
    m_import->setObjectName(QStringLiteral("confirmImportButton"));
    m_close->setObjectName(QStringLiteral("closeImportButton"));
    m_import->setProperty("primary", true);
    for (QPushButton *button : {m_import, m_close})
        button->setAutoDefault(false);
    setMinimumWidth(dialogWidth);
    makeRows();
    layOut(accounts);
    connect(m_account, &QComboBox::currentIndexChanged, this, [this] {
        dropPlanning();
        m_plan.clear(); // it is of another account
        renewPlan();
    });
    connect(&m_service, &StreamService::snapshotChanged, this, &ImportDialog::renewPlan);
    connect(&m_service, &StreamService::accessChanged, this, &ImportDialog::renewButton);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::begin);
    renewPlan();
}

ImportDialog::~ImportDialog()
{
    dropPlanning();
}

void ImportDialog::makeRows()
{
    for (int row = 0; row < m_streams.size(); ++row) {
        auto *box = new QCheckBox(this);
        auto *words = new WrappingLabel(this);
        box->setObjectName(QStringLiteral("importBox%1").arg(row));
        words->setObjectName(QStringLiteral("importWords%1").arg(row));
        QString name = m_streams[row].name();
        box->setText(name.replace(QLatin1Char('&'), QLatin1String("&&")));
        box->setChecked(true);
        setTextRole(words, Look::SoftText);
        m_grid->addWidget(box, row, 0, Qt::AlignTop);
        m_grid->addWidget(words, row, 1);
        connect(box, &QCheckBox::toggled, this, &ImportDialog::renewButton);
        m_rows.append({box, words});
    }
    m_grid->setColumnStretch(1, 1);
    m_grid->setRowStretch(int(m_streams.size()), 1);
    m_grid->setHorizontalSpacing(Look::spaceL);
    m_grid->setVerticalSpacing(Look::spaceS);
}

void ImportDialog::layOut(const QStringList &accounts)
{
    m_account->addItems(accounts);
    auto *rows = new QWidget(this);
    rows->setLayout(m_grid);
    m_list->setWidget(rows);
    m_list->setWidgetResizable(true);
    m_list->setMinimumHeight(leastListHeight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    body()->addWidget(new Field(tr("Into account"), m_account, this));
    body()->addWidget(m_list, 1);
    body()->addWidget(m_summary);
    addButtons(m_close, m_import);
}

void ImportDialog::renewPlan()
{
    if (isRunning())
        return;
    m_isPlanOld = m_planning.isAsked();
    if (m_isPlanOld)
        return;
    m_isPlanWanted = std::make_shared<std::atomic<bool>>(true);
    const std::function<Result<QList<PlannedImport>>()> plan =
        [imported = m_streams, account = m_account->currentText(), existing = m_service.streams(),
            context = m_service.context(), isWanted = m_isPlanWanted]() -> Result<QList<PlannedImport>> {
        return plannedImports(imported, account, existing, context, [&isWanted] { return isWanted->load(); });
    };
    m_planning = runInBackground<QList<PlannedImport>>(QThreadPool::globalInstance(), plan);
    m_planning.then(this, [this](const Result<QList<PlannedImport>> &planned) {
        m_planning.drop();
        adoptPlan(*planned);
        if (m_isPlanOld)
            renewPlan();
    });
    renewButton();
}

void ImportDialog::dropPlanning()
{
    if (m_isPlanWanted)
        m_isPlanWanted->store(false);
    m_planning.drop();
}

/// What was made is told of as it was.
void ImportDialog::adoptPlan(const QList<PlannedImport> &plan)
{
    m_plan = plan;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        const bool isNew = m_plan[row].fate == Fate::New;
        if (m_rows[row].isDone)
            continue;
        const QString words = breakable(wordsOf(m_plan[row]));
        if (m_rows[row].words->text() != words)
            m_rows[row].words->setText(words);
        setTextRole(m_rows[row].words, m_plan[row].fate == Fate::Refused ? Look::Warning : Look::SoftText);
        m_rows[row].box->setEnabled(isNew);
        if (!isNew)
            m_rows[row].box->setChecked(false);
    }
    renewButton();
}

void ImportDialog::renewButton()
{
    const auto chosen = std::count_if(
        m_rows.cbegin(), m_rows.cend(), [](const Row &row) { return row.box->isChecked() && !row.isDone; });
    m_import->setText(chosen == 1 ? tr("Make 1 stream") : tr("Make %1 streams").arg(chosen));
    const Access access = m_service.createAccess();
    const QString nothing = m_plan.isEmpty() ? tr("What is there already is being compared.")
        : chosen == 0                        ? tr("Nothing is ticked.")
                                             : QString();
    const QString running = isRunning() ? tr("They are being made.") : nothing;
    ::setAccess(m_import, access && !running.isEmpty() ? Access::no(running) : access);
}

void ImportDialog::begin()
{
    dropPlanning();
    m_next = 0;
    m_hasBegun = true;
    const auto bringUp = [this] {
        show();
        raise();
        activateWindow();
    };
    const auto stop = [self = QPointer(this)] {
        if (self)
            self->reject();
    };
    m_entry = {m_operations, {tr("Import of %1 streams").arg(m_rows.size()), bringUp, stop}};
    m_account->setEnabled(false);
    for (const Row &row : std::as_const(m_rows))
        row.box->setEnabled(false);
    m_close->setText(tr("Stop"));
    renewButton();
    makeNext();
}

void ImportDialog::makeNext()
{
    while (m_next < m_rows.size() && (!m_rows[m_next].box->isChecked() || m_rows[m_next].isDone))
        ++m_next;
    if (m_next >= m_rows.size()) {
        m_next = -1;
        m_entry = {};
        m_close->setText(tr("Close"));
        m_import->hide();
        return renewButton();
    }
    m_rows[m_next].words->setText(tr("Being made…"));
    m_entry.setPercent(int(m_next * 100 / m_rows.size()));
    m_making = m_service.create(m_plan[m_next].draft);
    m_making.then(this, [this](const Result<Stream> &made) {
        note(m_next, made);
        ++m_next;
        makeNext();
    });
}

void ImportDialog::note(qsizetype row, const Result<Stream> &made)
{
    Row &done = m_rows[row];
    done.isDone = true;
    done.isMade = bool(made);
    if (made)
        done.words->setText(tr("Made"));
    else
        done.words->setText(breakable(made.error().summary));
    setTextRole(done.words, made ? Look::Good : made.error().kind == Error::Kind::Timeout ? Look::Warning : Look::Bad);
    const auto good = std::count_if(m_rows.cbegin(), m_rows.cend(), [](const Row &each) { return each.isMade; });
    const auto all = std::count_if(m_rows.cbegin(), m_rows.cend(), [](const Row &each) { return each.isDone; });
    m_summary->setText(tr("%1 of %2 were made.").arg(good).arg(all));
}
