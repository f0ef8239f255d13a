// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/subjectpreview.h"

#include "services/domain/subject.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/wrappinglabel.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace {

constexpr qsizetype mostLines = 6;

QString meaningOf(const QString &subject)
{
    const QString example = exampleOf(subject);
    return example == subject ? SubjectPreview::tr("only this subject") : SubjectPreview::tr("matches %1").arg(example);
}

/// The field says why, once.
QStringList whichAreNone(const QStringList &subjects)
{
    QStringList problems;
    for (const QString &subject : subjects)
        problems.append(subjectProblem(subject).isEmpty() ? QString() : SubjectPreview::tr("can't be a subject"));
    return problems;
}

} // namespace

SubjectPreview::SubjectPreview(QWidget *parent)
    : QWidget(parent)
    , m_lines(new QGridLayout(this))
    , m_more(new QLabel(this))
    , m_judge(whichAreNone)
{
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setHorizontalSpacing(Look::spaceM);
    m_lines->setVerticalSpacing(Look::spaceXs);
    m_lines->setColumnStretch(0, 1);
    m_lines->setColumnStretch(1, 1);
    m_more->setFont(Look::captionFont());
    setTextRole(m_more, Look::SoftText);
    hide();
}

void SubjectPreview::setJudge(Judge judge)
{
    m_judge = std::move(judge);
}

void SubjectPreview::setSubjects(const QStringList &subjects)
{
    if (subjects == m_subjects)
        return;
    m_subjects = subjects;
    m_problems = m_judge(subjects);
    layOutLines();
}

void SubjectPreview::renew()
{
    const QStringList problems = m_judge(m_subjects);
    if (problems == m_problems)
        return;
    m_problems = problems;
    layOutLines();
}

void SubjectPreview::layOutLines()
{
    m_lines->removeWidget(m_more);
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    qsizetype shown = 0;
    for (qsizetype at = 0; at < m_subjects.size(); ++at) {
        const QString problem = m_problems.value(at);
        if (shown < mostLines || (!problem.isEmpty() && shown < 2 * mostLines))
            addLine(int(shown++), m_subjects[at], problem);
    }
    m_more->setText(tr("and %1 more").arg(m_subjects.size() - shown));
    m_more->setVisible(shown < m_subjects.size());
    m_lines->addWidget(m_more, int(shown), 0, 1, 2);
    setVisible(!m_subjects.isEmpty());
}

void SubjectPreview::addLine(int row, const QString &subject, const QString &problem)
{
    auto *name = new ElidingLabel(subject, this);
    name->setFont(Look::fixedFont());
    auto *meaning = new WrappingLabel(this);
    meaning->setText(problem.isEmpty() ? meaningOf(subject).left(400) : problem);
    meaning->setFont(Look::captionFont());
    setTextRole(meaning, problem.isEmpty() ? Look::SoftText : Look::Bad);
    m_lines->addWidget(name, row, 0, Qt::AlignTop);
    m_lines->addWidget(meaning, row, 1);
}

QString SubjectPreview::text() const
{
    QStringList lines;
    for (qsizetype at = 0; at < m_subjects.size(); ++at) {
        const QString problem = m_problems.value(at);
        lines << QStringLiteral("%1 · %2").arg(m_subjects[at], problem.isEmpty() ? meaningOf(m_subjects[at]) : problem);
    }
    return lines.join(QLatin1Char('\n'));
}
