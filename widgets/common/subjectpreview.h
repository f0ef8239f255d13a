// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QGridLayout;
class QLabel;

/// What subjects mean, one line each: an example of what it matches, or what is wrong with it. Of very many, the first
/// few and all that are wrong.
class SubjectPreview final : public QWidget {
    Q_OBJECT

public:
    explicit SubjectPreview(QWidget *parent = nullptr);

    /// Answers of each subject what is wrong with it, in a few words; empty where nothing is. Without one, whether it
    /// can be a subject at all. Called in the GUI thread at each change.
    using Judge = std::function<QStringList(const QStringList &subjects)>;
    void setJudge(Judge judge);
    void setSubjects(const QStringList &subjects);
    /// After what it judges by has changed.
    void renew();
    /// The lines as text ("orders.> · matches orders.x").
    QString text() const;

private:
    void layOutLines();
    void addLine(int row, const QString &subject, const QString &problem);

    QGridLayout *m_lines;
    QLabel *m_more;
    QStringList m_subjects;
    QStringList m_problems; ///< of each
    Judge m_judge;
};
